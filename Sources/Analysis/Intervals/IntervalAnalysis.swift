public import SpikingFramework

/// How regularly neurons fire: the statistics of the intervals of each, and a histogram of those of all.
public struct IntervalAnalysis: Statistic, Hashable {
  /// The width of a bin of the histogram in ms.
  public var binWidth = 1.0
  /// The longest interval of the histogram in ms.
  public var upperLimit = 500.0

  /// Bins of 1 ms up to 500 ms.
  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("binWidth", &binWidth, in: .positive, unit: .milliseconds)
    visit("upperLimit", &upperLimit, in: .positive, unit: .milliseconds)
  }

  /// `isi_mean_ms`, `cv`, `cv2`, `lv` and `lvr`; `isi_edges_ms` and `isi_counts`.
  public func results(for spikes: SpikeTrains) throws -> StatisticResults {
    let histogram = try IntervalHistogram(binWidth: binWidth, upperLimit: upperLimit).analyze(
      spikes)
    let neurons = try IntervalStatistics().analyze(spikes)
    var results = StatisticResults()
    let columns: [(String, KeyPath<IntervalStatistics.Neuron, Double?>)] = [
      ("isi_mean_ms", \.meanInterval), ("cv", \.cv), ("cv2", \.cv2), ("lv", \.lv), ("lvr", \.lvR),
    ]
    for (name, value) in columns {
      results.columns[name] = neurons.map { $0[keyPath: value] ?? .nan }
    }
    results.arrays["isi_edges_ms"] = NumericArray(histogram.edges)
    results.counts["isi_counts"] = histogram.counts
    results.drawn = [histogram]
    return results
  }
}
