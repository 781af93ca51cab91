public import SpikingFramework

/// The histogram of the interspike intervals of all neurons together.
public struct IntervalHistogram: Analyzer, Hashable {
  /// The width of a bin in ms.
  public var binWidth: Double
  /// The longest interval of interest in ms.
  public var upperLimit: Double

  /// Bins from 0 to `upperLimit` ms, or to the next multiple of `binWidth`.
  public init(binWidth: Double, upperLimit: Double) {
    self.binWidth = binWidth
    self.upperLimit = upperLimit
  }

  /// The intervals by bin, in ms. An interval below an edge by less than a millionth of the width
  /// counts as on the edge: times of simulations are multiples of dt only up to rounding.
  ///
  /// - Throws: `invalidParameter` where a setting is not positive, the width exceeds the limit, or
  ///   there would be more than ten million bins.
  /// - Complexity: O(spikes + bins).
  public func analyze(_ recording: SpikeTrains) throws(SpikingError) -> Histogram {
    let binCount = try SpikingAnalysis.binCount(
      covering: upperLimit, "upperLimit", width: binWidth, "binWidth")
    let rule = BinRule(width: binWidth, for: recording)
    let intervals = Intervals().analyze(recording)
    var counts = [Int](repeating: 0, count: binCount + 1)
    var sum = 0.0
    for interval in intervals {
      counts[rule.bin(of: interval, limit: binCount)] += 1
      sum += interval
    }
    return Histogram(
      edges: (0...binCount).map { Double($0) * binWidth }, counts: Array(counts.dropLast()),
      outside: counts[binCount], mean: intervals.isEmpty ? nil : sum / Double(intervals.count))
  }
}
