public import SpikingFramework

/// How much the spike counts of a neuron vary from window to window, over their mean: 1 for a Poisson process of a constant rate, 0
/// for a clock.
///
///     F = (⟨n²⟩ − ⟨n⟩²) / ⟨n⟩
///
/// with the variance of the counts themselves, divided by their number, as elephant has it. Windows follow each other from the
/// start of the recording; those in which the neuron was not observed from beginning to end are left out.
/// (Fano 1947, Phys Rev 72:26.)
public struct FanoFactor: Statistic, Analyzer, Hashable {
  /// The length of a window in ms.
  public var windowLength: Double

  /// Counts in windows of `windowLength` ms.
  public init(windowLength: Double = 100) { self.windowLength = windowLength }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("windowLength", &windowLength, in: .positive, unit: .milliseconds)
  }

  /// The factor of each neuron; NaN for one without spikes in whole windows.
  ///
  /// - Throws: `invalidParameter` where the window is not positive or longer than the recording.
  /// - Complexity: O(spikes + windows · neurons).
  public func analyze(_ recording: SpikeTrains) throws(SpikingError) -> [Double] {
    _ = try binCount(
      covering: recording.duration, "recording", width: windowLength, "windowLength")
    return try (0..<recording.neuronCount).map { neuron throws(SpikingError) in
      factor(try recording.selecting([neuron]))
    }
  }

  private func factor(_ neuron: SpikeTrains) -> Double {
    let segments = neuron.observedBins(width: windowLength)
    let rule = BinRule(width: windowLength, for: neuron)
    let end = segments.last?.upperBound ?? 0
    let windows = segments.reduce(0) { $0 + $1.count }
    var counts: [Int: Double] = [:]
    var segment = 0
    for time in neuron[0] {
      let bin = rule.bin(of: time - neuron.start, limit: end)
      if bin == end { break }
      while segments[segment].upperBound <= bin { segment += 1 }
      if segments[segment].contains(bin) { counts[bin, default: 0] += 1 }
    }
    let mean = counts.values.reduce(0, +) / Double(windows)
    let square = counts.values.reduce(0) { $0 + $1 * $1 } / Double(windows)
    return mean > 0 ? (square - mean * mean) / mean : .nan
  }

  /// `fano`, as a column and an array.
  public func results(for spikes: SpikeTrains) throws -> StatisticResults {
    var results = StatisticResults()
    let factors = try analyze(spikes)
    results.columns["fano"] = factors
    results.arrays["fano"] = NumericArray(factors)
    return results
  }
}
