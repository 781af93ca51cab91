/// The axes and their ticks.
extension GnuplotScript {
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
    for (name, axis) in [("xtics", layout.xTicks), ("ytics", layout.yTicks)] {
      lines.append("set \(name) (\(axis.ticks.map { "'' \($0.value)" }.joined(separator: ", ")))")
    }
    return lines + colorBar
  }

  /// The scale of the heat map, on the right.
  private var colorBar: [String] {
    guard let heatMap = plot.heatMap else { return [] }
    let left = layout.right + PlotLayout.colorBarGap
    let right = left + PlotLayout.colorBarWidth
    let range = heatMap.colorRange
    // Darker than the colours of the signs at the ends, for more steps between.
    let below = [(-2, Color(0x003353)), (-1, .inhibitory), (0, Color(0xFFFFFF))]
    let palette =
      (heatMap.isSigned ? below : [(0, Color(0xFFF1E6))])
      + [(1, .excitatory), (2, Color(0x662B00))]
    let stops = palette.map { "\($0) \($1.gnuplotPalette)" }.joined(separator: ", ")
    var lines = [
      "set palette defined (\(stops))",
      "set cbrange [\(range.lowerBound):\(range.upperBound)]", "unset cbtics",
      "set colorbox user origin \(layout.screen(left, layout.bottom)) size "
        + "screen \(PlotLayout.colorBarWidth / PlotLayout.width), screen \((layout.bottom - layout.top) / layout.height)",
    ]
    for tick in layout.colorTicks {
      let fraction =
        (tick.value - range.lowerBound) / (range.upperBound - range.lowerBound)
      let y = layout.bottom - fraction * (layout.bottom - layout.top)
      lines.append(
        "set arrow from \(layout.screen(right, y)) to \(layout.screen(right + 10, y)) nohead "
          + "lw 2.5 lc \(Color.ink.gnuplot)")
    }
    return lines
  }

  private func range(_ axis: Axis) -> String {
    let (from, to) = (axis.range.lowerBound, axis.range.upperBound)
    return axis.isReversed ? "[\(to):\(from)]" : "[\(from):\(to)]"
  }
}
