public import SpikingFramework

/// Estimated against true weights, with their 95 % intervals as bars; what is right lies on the
/// diagonal. Weights that are truly zero are spread a little sideways, so that they can be seen.
public struct WeightComparisonFigure: Figure {
  /// The true weights.
  public let trueWeights: [Double]
  /// The estimated ones.
  public let estimatedWeights: [Double]
  /// The standard errors of the estimates; nil where one is not known.
  public let standardErrors: [Double?]
  /// The name of its files.
  public var name: String
  /// What it is called.
  public var title: String

  /// The figure of some weights, none of whose bars are drawn where no standard errors are given.
  /// Estimates that are not finite are left out.
  ///
  /// - Throws: `invalidData` where the lists differ in length, or a true weight is not finite.
  public init(
    trueWeights: [Double], estimatedWeights: [Double], standardErrors: [Double?] = [],
    name: String = "weight-comparison", title: String = "Estimated and true weights"
  ) throws(SpikingError) {
    guard estimatedWeights.count == trueWeights.count,
      standardErrors.isEmpty || standardErrors.count == trueWeights.count
    else {
      throw SpikingError(
        .invalidData, "weights",
        found: "\(trueWeights.count) true ones, \(estimatedWeights.count) estimates, "
          + "\(standardErrors.count) standard errors", expected: "as many of each")
    }
    if let index = trueWeights.firstIndex(where: { !$0.isFinite }) {
      throw SpikingError(
        .invalidData, "trueWeights[\(index)]", found: trueWeights[index],
        expected: "\(ParameterDomain.real)")
    }
    self.trueWeights = trueWeights
    self.estimatedWeights = estimatedWeights
    self.standardErrors = standardErrors
    self.name = name
    self.title = title
  }

  public var plot: Plot {
    let comparison = WeightComparison(
      trueWeights: trueWeights, estimatedWeights: estimatedWeights, standardErrors: standardErrors)
    let range = comparison.axisRange
    var plot = Plot(
      title: title, subtitle: comparison.summary, xAxis: Axis("True weight", range),
      yAxis: Axis("Estimated weight", range))
    plot.frame = .box
    plot.isSquare = true
    let (lower, upper) = (plot.xAxis.range.lowerBound, plot.xAxis.range.upperBound)
    let shown = comparison.pairs.filter { plot.yAxis.range.contains($0.estimated) }
    let classes: [(name: String, color: Color, isMember: (Double) -> Bool)] = [
      ("no synapse", .neutral, { $0 == 0 }), ("excitatory", .excitatory, { $0 > 0 }),
      ("inhibitory", .inhibitory, { $0 < 0 }),
    ]
    let crowd = Double(max(shown.count, 1))
    var (bars, discs): ([Layer], [Layer]) = ([], [])
    for group in classes {
      let members = shown.filter { group.isMember($0.truth) }
      guard !members.isEmpty else { continue }
      let places = members.enumerated().map { index, pair in
        pair.truth == 0 ? Self.spread(index) * 0.025 * (upper - lower) : pair.truth
      }
      let intervals = zip(members, places).compactMap { pair, x -> [Point]? in
        guard let interval = pair.interval else { return nil }
        return [
          Point(x, max(interval.lowerBound, lower)), Point(x, min(interval.upperBound, upper)),
        ]
      }
      bars.append(
        Layer(
          .lines(intervals, width: crowd > 300 ? 1.5 : 3, isDashed: false),
          color: group.color.opacity(min(0.5, max(0.12, 120 / crowd)))))
      discs.append(
        Layer(
          .points(
            zip(members, places).map { Point($1, $0.estimated) },
            diameter: min(18, max(7, 300 / crowd.squareRoot()))),
          color: group.color.opacity(crowd > 300 ? 0.6 : 0.9),
          name: "\(group.name) (\(grouped(members.count)))"))
    }
    let diagonal = Layer(
      .lines([[Point(lower, lower), Point(upper, upper)]], width: 3, isDashed: true), color: .ink)
    plot.layers = bars + discs + [diagonal]
    return plot
  }

  /// Numbers from −½ to ½ that fill the interval evenly for every count: multiples of the golden
  /// ratio, modulo 1.
  private static func spread(_ index: Int) -> Double {
    (Double(index) * 0.6180339887498949).truncatingRemainder(dividingBy: 1) - 0.5
  }
}
