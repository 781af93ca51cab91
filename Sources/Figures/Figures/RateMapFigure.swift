/// The rate of a neuron at the values of two covariates, such as the place of an animal: a map.
public struct RateMapFigure: Figure {
  /// Rates in Hz, those of the second covariate fastest; NaN where there are none.
  public let rates: [Double]
  /// The values of the first covariate, from left to right.
  public let x: [Double]
  /// The values of the second one, from the bottom up.
  public let y: [Double]
  /// What they are, with their units.
  public var labels: (x: String, y: String)
  /// The name of its files.
  public var name: String
  /// What it is called.
  public var title: String
  /// A line below.
  public var subtitle: String?
  /// The rate of the darkest colour, as where two maps have one scale; nil for the largest.
  public var limit: Double?

  /// A map of a rate for each pair of values.
  ///
  /// - Precondition: there is one for each.
  public init(
    _ rates: [Double], x: [Double], y: [Double], labels: (x: String, y: String), name: String,
    title: String
  ) {
    precondition(rates.count == x.count * y.count, "a rate for each pair of values")
    self.rates = rates
    self.x = x
    self.y = y
    self.labels = labels
    self.name = name
    self.title = title
  }

  public var plot: Plot {
    var plot = Plot(
      title: title, subtitle: subtitle, xAxis: Axis(labels.x, Self.range(x)),
      yAxis: Axis(labels.y, Self.range(y)))
    plot.frame = .box
    guard let left = x.first, let right = x.last, let low = y.first, let high = y.last else {
      return plot
    }
    var map = HeatMap(
      values: y.indices.flatMap { row in
        x.indices.map { column in
          let rate = rates[column * y.count + row]
          return limit.map { min(rate, $0) } ?? rate
        }
      }, columns: x.count, x: left...right, y: low...high, label: "Firing rate (Hz)")
    map.isSigned = false
    map.largest = limit
    plot.heatMap = map
    return plot
  }

  /// From half a step before the first value to half a step behind the last one.
  private static func range(_ values: [Double]) -> ClosedRange<Double> {
    let half = values.count > 1 ? (values[1] - values[0]) / 2 : 0.5
    return (values.first ?? 0) - half...(values.last ?? 0) + half
  }
}
