internal import SpikingFramework

/// The columns of spike events as they grow in memory.
struct EventColumns: Sendable {
  var neurons: [UInt32] = []
  var bins: [UInt32] = []
  var counts: [UInt16] = []

  var count: Int { neurons.count }

  mutating func reserveCapacity(_ count: Int) {
    neurons.reserveCapacity(count)
    bins.reserveCapacity(count)
    counts.reserveCapacity(count)
  }

  mutating func append(neuron: UInt32, bin: UInt32, count: UInt16) {
    neurons.append(neuron)
    bins.append(bin)
    counts.append(count)
  }

  mutating func append(_ other: EventColumns) {
    neurons += other.neurons
    bins += other.bins
    counts += other.counts
  }

  mutating func append(_ trains: BinnedSpikes) {
    neurons += trains.neurons
    bins += trains.bins
    if trains.counts.isEmpty {
      counts += repeatElement(1, count: trains.eventCount)
    } else {
      counts += trains.counts
    }
  }

  /// The events as those of `run`, whose own are left out.
  ///
  /// - Throws: `invalidData` where they cannot be.
  func trains(of run: BinnedSpikes, binCount: Int) throws(SpikingError) -> BinnedSpikes {
    try BinnedSpikes(
      neurons: neurons, bins: bins, counts: counts, binCount: binCount, dt: run.dt,
      networkOffsets: run.networkOffsets, seed: run.seed)
  }
}
