internal import Foundation
public import SpikingFramework

/// How well something is recovered from recordings of several lengths: measures of which 1 is
/// perfect (a correlation, an area under a curve) over the length, on a logarithmic axis.
public struct RecoveryFigure: Figure {
  /// A measure by the name that it has in the legend.
  public struct Measure: Hashable, Sendable {
    /// What it is called.
    public var name: String
    /// Its value at each length, 1 at best; nil where it is not known.
    public var values: [Double?]

    /// A measure with a value for each length.
    public init(_ name: String, _ values: [Double?]) {
      self.name = name
      self.values = values
    }
  }

  /// The lengths of the recordings in ms, ascending.
  public let lengths: [Double]
  /// What is shown.
  public let measures: [Measure]
  /// The name of its files.
  public var name: String
  /// What it is called.
  public var title: String

  /// The figure of some measures at lengths in ms.
  ///
  /// - Throws: `invalidData` where lengths are not positive and ascending, or a measure has not as
  ///   many values.
  public init(
    lengths: [Double], measures: [Measure], name: String = "recovery",
    title: String = "Recovery by length of the recording"
  ) throws(SpikingError) {
    guard lengths.allSatisfy({ $0 > 0 && $0.isFinite }),
      zip(lengths, lengths.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw SpikingError(
        .invalidData, "lengths", found: lengths, expected: "positive numbers in ms, ascending")
    }
    if let wrong = measures.first(where: { $0.values.count != lengths.count }) {
      throw SpikingError(
        .invalidData, "measure \(wrong.name)", found: "\(wrong.values.count) values",
        expected: "\(lengths.count), one for each length")
    }
    self.lengths = lengths
    self.measures = measures
    self.name = name
    self.title = title
  }

  public var plot: Plot {
    let least = measures.flatMap(\.values).compactMap(\.self).filter(\.isFinite).min() ?? 0
    // A correlation by chance may be below zero, and is shown down to −1.
    let lower = max(-1, min(0, (least * 5).rounded(.down) / 5))
    var plot = Plot(
      title: title, xAxis: Axis("Length of the recording (s)", lengthRange),
      yAxis: Axis("Measure (1 is perfect)", lower...1.04))
    plot.xAxis.scale = .logarithmic
    let best = [Point(lengthRange.lowerBound, 1), Point(lengthRange.upperBound, 1)]
    plot.layers.append(Layer(.lines([best], width: 2, isDashed: false), color: .neutral))
    let places = measures.map { measure in
      zip(lengths, measure.values).map { length, value -> Point? in
        guard let value, value.isFinite else { return nil }
        return Point(length / 1000, min(max(value, lower), 1))
      }
    }
    plot.layers += zip(measures, places).enumerated().map { index, entry in
      let line = entry.1.split(separator: nil).map { $0.compactMap(\.self) }
      return Layer(
        .lines(line, width: 5, isDashed: false), color: .series(index), name: entry.0.name)
    }
    let marks = places.map { points in points.compactMap(\.self).map { mark(at: $0, in: plot) } }
    plot.layers += marks.enumerated().map { index, marks in
      Layer(.lines(marks, width: 9, isDashed: false), color: .series(index))
    }
    return plot
  }

  /// The lengths in s, with a margin, and wide enough for two powers of ten, which have ticks.
  private var lengthRange: ClosedRange<Double> {
    guard let first = lengths.first, let last = lengths.last else { return 1...10 }
    var (lower, upper) = (first / 1000 / 1.25, last / 1000 * 1.25)
    if log10(upper).rounded(.down) - log10(lower).rounded(.up) < 1 {
      lower = min(lower, pow(10, log10(lower).rounded(.down)))
      upper = max(upper, pow(10, log10(upper).rounded(.up)))
    }
    return lower...upper
  }

  /// A disc as a thick circle of lines: radii of discs count in units of the axis, which on a
  /// logarithmic one differ in length.
  private func mark(at point: Point, in plot: Plot) -> [Point] {
    let layout = PlotLayout(plot)
    let x = plot.xAxis.range
    let y = plot.yAxis.range
    let ratio = log(x.upperBound / x.lowerBound) / (layout.right - layout.left)
    let unit = (y.upperBound - y.lowerBound) / (layout.bottom - layout.top)
    // Beyond the full circle, so that its ends overlap.
    return (0...14).map { step in
      let angle = Double(step) / 6 * Double.pi
      return Point(point.x * exp(5 * cos(angle) * ratio), point.y + 5 * sin(angle) * unit)
    }
  }
}
