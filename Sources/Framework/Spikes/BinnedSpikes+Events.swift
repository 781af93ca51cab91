extension BinnedSpikes {
  /// A neuron that fired in a bin.
  public struct Event: Codable, Hashable, Sendable {
    /// The neuron, counted through all networks.
    public let neuron: Int
    /// The bin.
    public let bin: Int
    /// How often it fired there, at least once.
    public let count: Int
  }

  /// The events of a run, sorted by bin, then neuron.
  public struct Events: RandomAccessCollection, Sendable {
    let spikes: BinnedSpikes

    /// The first event, 0.
    public var startIndex: Int { 0 }
    /// The number of events.
    public var endIndex: Int { spikes.eventCount }

    /// Event number `index`.
    public subscript(index: Int) -> Event {
      Event(
        neuron: Int(spikes.neurons[index]), bin: Int(spikes.bins[index]),
        count: spikes.count(ofEvent: index))
    }
  }

  /// Which neuron fired in which bin, and how often, sorted by bin, then neuron.
  ///
  /// ```swift
  /// for event in spikes.events where event.bin < 1000 { print(event.neuron, event.bin) }
  /// ```
  ///
  /// - Complexity: O(1): the events are not copied.
  public var events: Events { Events(spikes: self) }
}
