/// The tuning of a neuron to a covariate, or its response after events: the rate of a model with its band, beside the recorded
/// one.
public struct TuningCurveFigure: Figure {
  /// One curve, such as that of a category.
  public struct Curve: Hashable, Sendable {
    /// What it is called in the legend.
    public var name: String
    /// Rates of the model in Hz.
    public var rates: [Double]
    /// Their 95 % intervals; nil where one is not known.
    public var interval: [ClosedRange<Double>?]
    /// Recorded rates in Hz, NaN where there are none.
    public var recorded: [Double]

    /// Rates at the values of a figure.
    public init(
      _ name: String, rates: [Double], interval: [ClosedRange<Double>?] = [], recorded: [Double]
    ) {
      self.name = name
      self.rates = rates
      self.interval = interval
      self.recorded = recorded
    }
  }

  /// The values of the covariate, ascending.
  public let values: [Double]
  /// What is shown; beyond the sixth, curves are left out.
  public let curves: [Curve]
  /// The name of its files.
  public var name: String
  /// What it is called.
  public var title: String
  /// What the values are, with their unit.
  public var label: String
  /// The names of the values where these are categories, which are numbers from 0 on.
  public var labels: [String] = []

  private static let maximumCurves = 6

  /// A figure of curves at the same values.
  public init(_ curves: [Curve], at values: [Double], label: String, name: String, title: String) {
    self.values = values
    self.curves = Array(curves.prefix(Self.maximumCurves))
    self.name = name
    self.title = title
    self.label = label
  }

  public var plot: Plot {
    let shown = curves.flatMap { $0.rates + $0.recorded }.filter(\.isFinite)
    // A band that is much wider than all rates leaves the plot.
    let upper = curves.flatMap(\.interval).compactMap { $0?.upperBound }.filter(\.isFinite)
    let largest = shown.max() ?? 0
    let limit = max(largest, min(upper.max() ?? 0, 1.5 * largest))
    let step = values.count > 1 ? values[1] - values[0] : 1
    let range = (values.first ?? 0) - step / 2...(values.last ?? 0) + step / 2
    let hasBands = curves.contains { $0.interval.contains { $0 != nil } }
    let model = (labels.isEmpty ? "lines" : "rings") + ": model" + (hasBands ? ", 95 % band" : "")
    var plot = Plot(
      title: title, subtitle: "\(model); discs: recorded spikes by time",
      xAxis: Axis(label, range),
      yAxis: Axis("Firing rate (Hz)", 0...Axis.roundLimit(above: limit)))
    let top = plot.yAxis.range.upperBound
    for (number, curve) in curves.enumerated() {
      plot.layers += layers(curve, color: .series(number), top: top)
    }
    if !labels.isEmpty {
      plot.xAxis.isWhole = true
      plot.labels = zip(labels, values).map {
        Plot.Label($0.count > 14 ? $0.prefix(13) + "…" : $0, at: Point($1, top * 0.05))
      }
    }
    return plot
  }

  private func layers(_ curve: Curve, color: Color, top: Double) -> [Layer] {
    let band = zip(values, curve.interval).split { $0.1 == nil }.map { Array($0) }
    let bands = band.filter { $0.count > 1 && labels.isEmpty }.map { part in
      Layer(
        .ribbon(
          lower: part.map { Point($0.0, min($0.1?.lowerBound ?? 0, top)) },
          upper: part.map { Point($0.0, min($0.1?.upperBound ?? 0, top)) }),
        color: color.opacity(0.25))
    }
    let bars =
      labels.isEmpty
      ? []
      : [
        Layer(
          .lines(
            zip(values, curve.interval).compactMap { value, interval in
              interval.map {
                [Point(value, min($0.lowerBound, top)), Point(value, min($0.upperBound, top))]
              }
            }, width: 8, isDashed: false), color: color.opacity(0.4))
      ]
    let points = zip(values, curve.recorded).filter { $0.1.isFinite }.map { Point($0.0, $0.1) }
    let line = zip(values, curve.rates).filter { $0.1.isFinite }.map { Point($0.0, min($0.1, top)) }
    let model: Layer.Shape =
      labels.isEmpty
      ? .lines([line], width: 6, isDashed: false) : .rings(line, diameter: 26, width: 5)
    return bands + bars
      + [
        Layer(.points(points, diameter: 15), color: color.opacity(0.6)),
        Layer(model, color: color, name: curves.count > 1 ? curve.name : nil),
      ]
  }
}
