public import SpikingFramework

/// The interspike intervals of all neurons in ms, pooled: neuron by neuron, in order of time.
///
/// No interval joins spikes of two neurons. Two spikes in one bin of a simulation are an interval
/// of zero.
public struct Intervals: Analyzer {
  /// Needs no settings.
  public init() {}

  /// The intervals in ms.
  ///
  /// - Complexity: O(spikes).
  public func analyze(_ recording: Recording) -> [Double] {
    var pooled: [Double] = []
    pooled.reserveCapacity(recording.times.count)
    for neuron in 0..<recording.neuronCount {
      pooled.append(contentsOf: recording.intervals(of: neuron))
    }
    return pooled
  }
}

extension Recording {
  /// The intervals between successive spikes of one neuron, in ms.
  func intervals(of neuron: Int) -> [Double] {
    let train = self[neuron]
    return zip(train, train.dropFirst()).map { $1 - $0 }
  }
}
