/// A plot as a gnuplot script.
///
/// Gnuplot's terminals space keys and labels differently, so everything around the plot is placed
/// here, pixel by pixel; gnuplot draws the axes and the data, which are given inline.
struct GnuplotScript {
  /// A kind of file, as gnuplot makes it.
  enum Terminal: String, CaseIterable {
    case png
    case svg

    /// The line that selects it. Cairo counts letters in points of 4/3 pixels.
    func selection(width: Double, height: Double) -> String {
      let size = "noenhanced size \(Int(width)),\(Int(height)) background 'white' linewidth 1"
      return switch self {
      case .png:
        "set terminal pngcairo \(size) font '\(TextMetrics.font),\(PlotLayout.fontSize * 0.75)'"
      case .svg:
        "set terminal svg \(size) dynamic font '\(TextMetrics.font),\(PlotLayout.fontSize)'"
      }
    }

    /// What a complete file ends with.
    var end: String { self == .png ? "IEND" : "</svg>" }

    /// The length of ticks, as a factor of the terminal's own.
    var tickScale: Double { self == .png ? 0.7 : 0.42 }

    /// A font size in pixels as the terminal counts it.
    func font(_ pixels: Double) -> String { "font ',\(self == .png ? pixels * 0.75 : pixels)'" }
  }

  let plot: Plot
  let layout: PlotLayout

  init(_ plot: Plot) {
    self.plot = plot
    layout = PlotLayout(plot)
  }

  /// The script that draws the plot into one file for each terminal.
  func text(outputs: [(terminal: Terminal, path: String)]) -> String {
    let elements = plotElements
    var lines = Self.requirements + ["set encoding utf8"] + elements.data
    for output in outputs {
      lines += [
        "reset", output.terminal.selection(width: PlotLayout.width, height: layout.height),
        "set output \(quoted(output.path))", "unset key", "unset colorbox",
      ]
      lines += frame(output.terminal) + legend
      lines += layout.texts.map { label($0, output.terminal) }
      lines += elements.settings
      lines += ["plot " + (elements.plots + ["NaN notitle"]).joined(separator: ", "), "set output"]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What stands before the name of what gnuplot lacks.
  static let missing = "spiking: "

  /// Says what gnuplot lacks, and stops, in words that its old versions understand.
  private static let requirements = [
    "if (GPVAL_VERSION < 5.4) print '\(missing)version '.sprintf('%.1f', GPVAL_VERSION); exit",
    "if (strstrt(GPVAL_TERMINALS.' ', 'pngcairo ') == 0) print '\(missing)no terminal pngcairo'; exit",
    "if (strstrt(GPVAL_TERMINALS.' ', 'svg ') == 0) print '\(missing)no terminal svg'; exit",
  ]

  /// Text at its place on the page.
  private func label(_ text: PageText, _ terminal: Terminal) -> String {
    "set label \(quoted(text.text)) at \(layout.screen(text.place.x, text.place.y)) "
      + "\(text.anchor.rawValue) front \(terminal.font(text.size))"
      + (text.isVertical ? " rotate by 90" : "") + (text.isMuted ? " tc rgb '#606060'" : "")
  }
}
