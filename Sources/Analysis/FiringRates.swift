public import SpikingFramework

/// The mean firing rate of every neuron in Hz: its spikes over the length of the recording.
public struct FiringRates: Analyzer {
  /// Needs no settings.
  public init() {}

  /// The rate of each neuron in Hz.
  ///
  /// - Throws: `invalidData` where the recording has no length.
  /// - Complexity: O(neurons).
  public func analyze(_ recording: Recording) throws(SpikingError) -> [Double] {
    guard recording.duration > 0 else {
      throw SpikingError(
        .invalidData, "recording", found: "a length of 0 ms", expected: "one above 0 for rates")
    }
    return (0..<recording.neuronCount).map { neuron in
      Double(recording[neuron].count) / recording.duration * 1000
    }
  }
}
