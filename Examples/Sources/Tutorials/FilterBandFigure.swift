import Spiking

/// A filter in bins of 1 ms, between lines two standard errors above and below it.
struct FilterBandFigure: Figure {
  let name: String
  let plot: Plot

  /// - Parameters:
  ///   - estimate: the filter.
  ///   - firstLag: the time of its first value, in ms.
  init(
    _ estimate: FilterEstimate, firstLag: Int, name: String, title: String, axis: String
  ) {
    self.name = name
    func line(_ errors: Double) -> [Point] {
      estimate.taps.indices.map { lag in
        Point(
          Double(firstLag + lag), estimate.taps[lag] + errors * estimate.standardErrors[lag])
      }
    }
    let (upper, lower) = (line(2), line(-2))
    let (least, most) = (lower.map(\.y).min() ?? 0, upper.map(\.y).max() ?? 0)
    let last = Double(firstLag + estimate.taps.count - 1)
    var plot = Plot(
      title: title, xAxis: Axis(axis, 0...last),
      yAxis: Axis("Drive", min(least, 0) * 1.05...max(most, 0) * 1.05))
    plot.layers = [
      Layer(
        .lines([[Point(0, 0), Point(last, 0)]], width: 2, isDashed: false), color: .neutral),
      Layer(
        .lines([upper, lower], width: 3, isDashed: true), color: .series(0),
        name: "two standard errors"),
      Layer(.lines([line(0)], width: 6, isDashed: false), color: .series(0), name: "estimate"),
    ]
    self.plot = plot
  }
}
