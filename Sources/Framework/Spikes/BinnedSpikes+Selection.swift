extension BinnedSpikes {
  /// The spikes of some neurons, in the order given; their networks stay networks.
  ///
  /// - Throws: `invalidData` where there is no such neuron, or neurons of one network stand between those of another.
  /// - Complexity: O(events · log events).
  public func selecting(_ neurons: some Sequence<Int>) throws(SpikingError) -> BinnedSpikes {
    let neurons = Array(neurons)
    let selected = try spikeTrains.selecting(neurons)
    let networks = neurons.map { neuron in networkOffsets.firstPosition { $0 > neuron } }
    var offsets = [0]
    for index in networks.indices.dropFirst() where networks[index] != networks[index - 1] {
      offsets.append(index)
    }
    guard offsets.count == Set(networks).count else {
      throw SpikingError(
        .invalidData, "neurons", found: "neurons of one network between those of another",
        expected: "those of each network together")
    }
    let events = try selected.binned(width: dt, networkOffsets: offsets + [neurons.count])
    return BinnedSpikes(
      unchecked: SpikeColumns(neurons: events.neurons, bins: events.bins, counts: events.counts),
      binCount: binCount, dt: dt, networkOffsets: events.networkOffsets, seed: seed)
  }
}
