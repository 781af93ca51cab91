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

extension PairMatrix: Illustrated {
  public func figures(of population: String) -> [any Figure] {
    [CorrelationFigure(self)]
  }
}

extension PeristimulusRates: Illustrated {
  public func figures(of population: String) -> [any Figure] {
    [PeristimulusFigure(self, of: population)]
  }
}
