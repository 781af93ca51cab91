public import SpikingAnalysis

/// A result that figures show: what a `Statistic` puts into `StatisticResults.drawn`.
public protocol Illustrated {
  /// The figures.
  ///
  /// - Parameter population: whose spikes they are: "neurons 3, 7 and 11".
  func figures(of population: String) -> [any Figure]
}

extension Histogram: Illustrated {
  public func figures(of population: String) -> [any Figure] {
    [IntervalHistogramFigure(self, of: population)]
  }
}

extension PairFinding: Illustrated {
  public func figures(of population: String) -> [any Figure] {
    var figure = PairMatrixFigure(
      matrix, quantity: quantity, name: name.replacing("_", with: "-"), title: quantity)
    // Their numbers along the axes are those among them.
    figure.subtitle = population == "all neurons" ? population : "\(population), in this order"
    return [figure]
  }
}

extension PeristimulusRates: Illustrated {
  public func figures(of population: String) -> [any Figure] {
    [PeristimulusFigure(self, of: population)]
  }
}
