public import SpikingFramework

/// The mean firing rate of every neuron in Hz: its spikes over the time for which it was observed, which is
/// the length of the recording where nothing else is known.
public struct FiringRates: Analyzer {
  /// Needs no settings.
  public init() {}

  /// The rate of each neuron in Hz; NaN for one that was never observed.
  ///
  /// - Throws: `invalidData` where the recording has no length.
  /// - Complexity: O(neurons).
  public func analyze(_ recording: SpikeTrains) throws(SpikingError) -> [Double] {
    guard recording.duration > 0 else {
      throw SpikingError(
        .invalidData, "recording", found: "a length of 0 ms", expected: "one above 0 for rates")
    }
    return (0..<recording.neuronCount).map { neuron in
      let duration = recording.observedDuration(of: neuron)
      return duration > 0
        ? Double(recording.observedSpikeCount(of: neuron)) / duration * 1000 : .nan
    }
  }
}
