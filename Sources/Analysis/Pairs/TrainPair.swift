public import SpikingFramework

/// The spikes of two neurons while both were observed.
public struct TrainPair: Sendable {
  /// A stretch of time in which both were observed, in ms, and the spikes of each in it, ascending.
  public struct Stretch: Sendable {
    /// From when to when.
    public let window: ClosedRange<Double>
    /// Spikes of the first neuron.
    public let first: ArraySlice<Double>
    /// Spikes of the second.
    public let second: ArraySlice<Double>

    /// The length in ms.
    public var duration: Double { window.upperBound - window.lowerBound }
  }

  /// Ascending, apart from each other.
  public let stretches: [Stretch]

  /// How many spikes the first neuron has in all.
  public var firstCount: Int { stretches.reduce(0) { $0 + $1.first.count } }
  /// How many the second has.
  public var secondCount: Int { stretches.reduce(0) { $0 + $1.second.count } }
  /// How long both were observed, in ms.
  public var duration: Double { stretches.reduce(0) { $0 + $1.duration } }

  /// Two neurons of a recording.
  ///
  /// - Complexity: O(stretches · log spikes).
  public init(_ first: Int, _ second: Int, of recording: SpikeTrains) {
    stretches = recording.jointObservations(of: first, second).map { window in
      Stretch(
        window: window, first: recording.train(of: first, in: window),
        second: recording.train(of: second, in: window))
    }
  }
}
