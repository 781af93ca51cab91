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
      case .png: "set terminal pngcairo \(size) font 'Arial,\(PlotLayout.fontSize * 0.75)'"
      case .svg: "set terminal svg \(size) dynamic font 'Arial,\(PlotLayout.fontSize)'"
      }
    }

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
    var lines = ["set encoding utf8"] + elements.data
    for output in outputs {
      lines += [
        "reset", output.terminal.selection(width: PlotLayout.width, height: layout.height),
        "set output \(quoted(output.path))", "unset key", "unset colorbox",
      ]
      lines += frame(output.terminal) + heading(output.terminal) + legend(output.terminal)
      lines += elements.settings
      lines += ["plot " + (elements.plots + ["NaN notitle"]).joined(separator: ", "), "set output"]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The title and the line below it.
  private func heading(_ terminal: Terminal) -> [String] {
    var lines = [
      label(plot.title, at: layout.screen(layout.left, 55), terminal.font(PlotLayout.fontSize + 4))
    ]
    if let subtitle = plot.subtitle {
      lines.append(
        label(
          subtitle, at: layout.screen(layout.left, 120),
          "\(terminal.font(PlotLayout.smallFontSize)) tc rgb '#606060'"))
    }
    for word in plot.labels {
      lines.append(
        label(
          word.text, at: "first \(word.point.x), first \(word.point.y)",
          "center \(terminal.font(PlotLayout.smallFontSize * 0.8))"))
    }
    return lines
  }

  /// Text at a place on the page or in the plot.
  func label(_ text: String, at place: String, _ options: String) -> String {
    "set label \(quoted(text)) at \(place) front \(options)"
  }
}
