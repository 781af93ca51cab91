public import SpikingFramework

/// The interspike intervals of all neurons in ms, pooled: neuron by neuron, in order of time.
///
/// No interval joins spikes of two neurons, or spans a pause in which the neuron was not observed. Two spikes in one bin of a simulation are an interval
/// of zero.
public struct Intervals: Analyzer {
  /// Needs no settings.
  public init() {}

  /// The intervals in ms.
  ///
  /// - Complexity: O(spikes).
  public func analyze(_ recording: SpikeTrains) -> [Double] {
    var pooled: [Double] = []
    pooled.reserveCapacity(recording.times.count)
    for neuron in 0..<recording.neuronCount {
      for stretch in recording.intervals(of: neuron) { pooled.append(contentsOf: stretch) }
    }
    return pooled
  }
}

extension SpikeTrains {
  /// The intervals between successive spikes of one neuron, in ms, for each stretch in which it was observed.
  func intervals(of neuron: Int) -> [[Double]] {
    observedTrains(of: neuron).map { train in zip(train, train.dropFirst()).map { $1 - $0 } }
  }
}
