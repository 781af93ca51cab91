public import SpikingFramework

/// The rate over the period of a repeated stimulus.
public struct PeristimulusAnalysis: Statistic, Hashable {
  /// The time from one stimulus to the next in ms.
  public var period = 100.0
  /// The width of a bin in ms.
  public var binWidth = 1.0
  /// The onset of the first stimulus, on the clock of the recording, in ms.
  public var onset = 0.0

  /// A stimulus every 100 ms, in bins of 1 ms.
  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("period", &period, in: .positive, unit: .milliseconds)
    visit("binWidth", &binWidth, in: .positive, unit: .milliseconds)
    visit("onset", &onset, in: .real, unit: .milliseconds)
  }

  /// `psth_edges_ms` and `psth_rate_hz`.
  public func results(for spikes: SpikeTrains) throws -> StatisticResults {
    let rates = try PeristimulusHistogram(period: period, binWidth: binWidth, onset: onset).analyze(
      spikes)
    var results = StatisticResults()
    results.arrays["psth_edges_ms"] = NumericArray(rates.edges)
    results.arrays["psth_rate_hz"] = NumericArray(rates.rates.map { $0 ?? .nan })
    results.drawn = [rates]
    return results
  }
}
