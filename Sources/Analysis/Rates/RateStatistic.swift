public import SpikingFramework

extension FiringRates: Statistic {
  /// `spikes` and `rate_hz`.
  public func results(for spikes: SpikeTrains) -> StatisticResults {
    var results = StatisticResults()
    results.columns["spikes"] = (0..<spikes.neuronCount).map {
      Double(spikes.observedSpikeCount(of: $0))
    }
    results.columns["rate_hz"] = (0..<spikes.neuronCount).map {
      1000 * Double(spikes.observedSpikeCount(of: $0)) / spikes.observedDuration(of: $0)
    }
    return results
  }
}
