public import SpikingFramework

/// Filters over the time since a spike: what each adds to the drive, bin by bin.
public struct FilterFigure: Figure {
  /// A filter by the name that it has in the legend.
  public struct Filter: Hashable, Sendable {
    /// What it is called.
    public var name: String
    /// Its taps from a lag of one bin on.
    public var taps: [Double]
    /// Whether its line is dashed, as for the truth beside an estimate; it then has the colour of the
    /// filter before it.
    public var isReference: Bool

    /// A filter and its name.
    public init(_ name: String, taps: [Double], isReference: Bool = false) {
      self.name = name
      self.taps = taps
      self.isReference = isReference
    }
  }

  /// What is shown.
  public let filters: [Filter]
  /// The width of a bin in ms.
  public let dt: Double
  /// The name of its files.
  public var name: String
  /// What it is called.
  public var title: String
  /// What the taps are, with their unit.
  public var label: String

  /// The figure of filters whose taps are `dt` ms apart. Taps that are not finite leave gaps.
  ///
  /// - Throws: `invalidParameter` where dt is not positive.
  public init(
    _ filters: [Filter], dt: Double, name: String = "filters", title: String = "Filters",
    label: String = "Drive by a spike"
  ) throws(SpikingError) {
    guard ParameterDomain.positive.contains(dt) else {
      throw SpikingError(
        .invalidParameter, "dt", found: dt, expected: ParameterDomain.positive.description)
    }
    self.filters = filters
    self.dt = dt
    self.name = name
    self.title = title
    self.label = label
  }

  public var plot: Plot {
    let longest = Double(filters.map(\.taps.count).max() ?? 1) * dt
    let taps = filters.flatMap(\.taps).filter(\.isFinite)
    let (least, most) = (min(0, taps.min() ?? 0), max(0, taps.max() ?? 0))
    var range = 0.0...1.0
    if most > least {
      // A side that is hardly used needs no round number.
      let margin = 0.06 * (most - least)
      range = least - (least < 0 ? margin : 0)...most + (most > 0 ? margin : 0)
    }
    var plot = Plot(
      title: title, xAxis: Axis("Time since the spike (ms)", 0...longest),
      yAxis: Axis(label, range))
    plot.layers.append(
      Layer(
        .lines([[Point(0, 0), Point(longest, 0)]], width: 2, isDashed: false), color: .neutral))
    var series = -1
    for (index, filter) in filters.enumerated() {
      if !filter.isReference || index == 0 { series += 1 }
      let places = filter.taps.enumerated().map { lag, tap in
        tap.isFinite ? Point(Double(lag + 1) * dt, tap) : nil
      }
      plot.layers.append(
        Layer(
          .lines(
            places.split(separator: nil).map { line($0.compactMap(\.self)) },
            width: filter.isReference ? 4 : 6, isDashed: filter.isReference),
          color: .series(series), name: filter.name))
    }
    return plot
  }

  /// The line through some points; through a single one, a bin long.
  private func line(_ points: [Point]) -> [Point] {
    guard points.count == 1 else { return points }
    return [-0.5, 0.5].map { Point(points[0].x + $0 * dt, points[0].y) }
  }
}
