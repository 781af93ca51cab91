internal import Foundation

/// The axes, their ticks and their lettering.
extension GnuplotScript {
  /// A tick: where, and what is written beside it.
  struct Tick {
    let value: Double
    let text: String
  }

  func frame(_ terminal: Terminal) -> [String] {
    var lines = [
      "set lmargin at \(layout.screenX(layout.left))",
      "set rmargin at \(layout.screenX(layout.right))",
      "set tmargin at \(layout.screenY(layout.top))",
      "set bmargin at \(layout.screenY(layout.bottom))",
      "set xrange \(range(plot.xAxis))", "set yrange \(range(plot.yAxis))",
    ]
    if plot.xAxis.isLogarithmic { lines.append("set logscale x") }
    if plot.yAxis.isLogarithmic { lines.append("set logscale y") }
    guard plot.frame != .none else { return lines + ["unset border", "unset tics"] }
    lines.append("set border \(plot.frame == .box ? 15 : 3) lw 2.5 lc \(Color.ink.gnuplot)")
    lines.append("set tics out nomirror scale \(terminal.tickScale) format ''")
    let small = terminal.font(PlotLayout.smallFontSize)
    let xTicks = Self.ticks(plot.xAxis)
    lines.append("set xtics (\(xTicks.map { "'' \($0.value)" }.joined(separator: ", ")))")
    for tick in xTicks {
      lines.append(
        label(
          tick.text, at: "first \(tick.value), \(layout.screenY(layout.bottom + 50))",
          "center \(small)"))
    }
    let yTicks = Self.ticks(plot.yAxis)
    lines.append("set ytics (\(yTicks.map { "'' \($0.value)" }.joined(separator: ", ")))")
    for tick in yTicks {
      lines.append(
        label(
          tick.text, at: "\(layout.screenX(layout.left - 26)), first \(tick.value)",
          "right \(small)"))
    }
    let middle = ((layout.left + layout.right) / 2, (layout.top + layout.bottom) / 2)
    lines += [
      label(plot.xAxis.label, at: layout.screen(middle.0, layout.bottom + 122), "center"),
      label(plot.yAxis.label, at: layout.screen(42, middle.1), "center rotate by 90"),
    ]
    return lines + colorBar(terminal)
  }

  /// The scale of the heat map, on the right.
  private func colorBar(_ terminal: Terminal) -> [String] {
    guard let heatMap = plot.heatMap else { return [] }
    let left = layout.right + 30
    let limit = heatMap.limit
    // Darker than the colours of the signs at the ends, for more steps between.
    let palette = [
      (-2, Color(0x003353)), (-1, .inhibitory), (0, Color(0xFFFFFF)), (1, .excitatory),
      (2, Color(0x662B00)),
    ]
    let stops = palette.map { "\($0) \($1.gnuplotPalette)" }.joined(separator: ", ")
    var lines = [
      "set palette defined (\(stops))",
      "set cbrange [\(-limit):\(limit)]", "unset cbtics",
      "set colorbox user origin \(layout.screen(left, layout.bottom)) size "
        + "screen \(40 / PlotLayout.width), screen \((layout.bottom - layout.top) / layout.height)",
    ]
    for tick in Self.ticks(Axis("", -limit...limit)) {
      let y =
        (layout.top + layout.bottom) / 2
        - tick.value / limit * (layout.bottom - layout.top) / 2
      lines += [
        "set arrow from \(layout.screen(left + 40, y)) to \(layout.screen(left + 50, y)) nohead "
          + "lw 2.5 lc \(Color.ink.gnuplot)",
        label(
          tick.text, at: layout.screen(left + 60, y), terminal.font(PlotLayout.smallFontSize)),
      ]
    }
    let middle = layout.screen(PlotLayout.width - 42, (layout.top + layout.bottom) / 2)
    return lines + [label(heatMap.label, at: middle, "center rotate by 90")]
  }

  private func range(_ axis: Axis) -> String {
    let (from, to) = (axis.range.lowerBound, axis.range.upperBound)
    return axis.isReversed ? "[\(to):\(from)]" : "[\(from):\(to)]"
  }

  /// The ticks of an axis: round numbers, or powers of ten.
  static func ticks(_ axis: Axis) -> [Tick] {
    guard !axis.isLogarithmic else {
      return axis.decades.map { Tick(value: pow(10, Double($0)), text: powerOfTen($0)) }
    }
    let step = axis.tickStep
    let decimals = max(0, Int((-log10(step) - 1e-9).rounded(.up)))
    let first = Int((axis.range.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((axis.range.upperBound / step + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    return (first...last).map { index in
      let value = Double(index) * step
      let text = String(format: "%.\(decimals)f", value)
      return Tick(value: value, text: text.replacing("-", with: "−"))
    }
  }
}
