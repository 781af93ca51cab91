/// The rate of a neuron around the times to which trials are aligned, predicted and recorded, by condition.
public struct TrialAverageFigure: Figure {
  /// The rates under one condition.
  public struct Condition: Hashable, Sendable {
    /// What it is called, with the number of its trials.
    public var name: String
    /// Mean rates of the model in Hz, NaN where there are none.
    public var predicted: [Double]
    /// Mean recorded rates in Hz.
    public var recorded: [Double]

    /// Mean rates, a value for each bin.
    public init(_ name: String, predicted: [Double], recorded: [Double]) {
      self.name = name
      self.predicted = predicted
      self.recorded = recorded
    }
  }

  /// The conditions; beyond the sixth they are left out.
  public let conditions: [Condition]
  /// The edges of the bins in ms.
  public let edges: [Double]
  /// The name of its files.
  public var name: String
  /// What it is called.
  public var title: String
  /// What the time counts from.
  public var label: String

  private static let maximumConditions = 6

  /// Rates in bins between edges, of which there is one more.
  public init(
    _ conditions: [Condition], edges: [Double], label: String, name: String, title: String
  ) {
    self.conditions = Array(conditions.prefix(Self.maximumConditions))
    self.edges = edges
    self.label = label
    self.name = name
    self.title = title
  }

  public var plot: Plot {
    let bins = DrawnBins(edges: edges)
    func means(_ values: [Double]) -> [Double?] {
      let known = bins.sums(values.map { $0.isFinite ? 1.0 : 0 })
      return zip(bins.sums(values.map { $0.isFinite ? $0 : 0 }), known).map {
        $1 > 0 ? $0 / $1 : nil
      }
    }
    let drawn = conditions.map { (means($0.predicted), means($0.recorded)) }
    let highest = drawn.flatMap { $0.0 + $0.1 }.compactMap(\.self).max() ?? 0
    var subtitle = "lines: model; faint \(conditions.count == 1 ? "area" : "steps"): recorded"
    if bins.size > 1 { subtitle += ", means of \(bins.size) bins, \(rounded(bins.width)) ms" }
    var plot = Plot(
      title: title, subtitle: subtitle,
      xAxis: Axis(label, (edges.first ?? 0)...(edges.last ?? 1)),
      yAxis: Axis("Firing rate (Hz)", 0...Axis.roundLimit(above: highest)))
    for (number, rates) in drawn.enumerated() where conditions.count == 1 {
      plot.layers.append(
        Layer(
          .filledSteps(edges: bins.edges, values: rates.1), color: .series(number).opacity(0.25)))
    }
    for (number, rates) in drawn.enumerated() where conditions.count > 1 {
      plot.layers.append(
        Layer(
          .steps(edges: bins.edges, values: rates.1, width: 3), color: .series(number).opacity(0.35)
        ))
    }
    let middles = zip(bins.edges, bins.edges.dropFirst()).map { ($0 + $1) / 2 }
    for (number, rates) in drawn.enumerated() {
      let points = zip(middles, rates.0).map { x, rate in rate.map { Point(x, $0) } }
      plot.layers.append(
        Layer(
          .lines(
            points.split(separator: nil).map { $0.compactMap(\.self) }, width: 6, isDashed: false),
          color: .series(number), name: conditions[number].name))
    }
    return plot
  }
}
