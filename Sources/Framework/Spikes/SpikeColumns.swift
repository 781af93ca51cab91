/// Columns of spike events as they grow, sorted by bin, then neuron.
package struct SpikeColumns: Sendable {
  package private(set) var neurons: [UInt32] = []
  package private(set) var bins: [UInt32] = []
  /// Empty as long as every count is 1.
  package private(set) var counts: [UInt16] = []

  package init() {}

  /// The events of spikes.
  package init(_ spikes: BinnedSpikes) {
    (neurons, bins, counts) = (spikes.neurons, spikes.bins, spikes.counts)
  }

  package init(neurons: [UInt32], bins: [UInt32], counts: [UInt16]) {
    self.neurons = neurons
    self.bins = bins
    self.counts = counts.allSatisfy { $0 == 1 } ? [] : counts
  }

  /// The number of events.
  package var count: Int { neurons.count }

  package mutating func reserveCapacity(_ count: Int) {
    neurons.reserveCapacity(count)
    bins.reserveCapacity(count)
  }

  package mutating func append(neuron: UInt32, bin: UInt32, count: UInt16) {
    if count != 1, counts.isEmpty {
      counts = [UInt16](repeating: 1, count: neurons.count)
      counts.append(count)
    } else if count != 1 || !counts.isEmpty {
      counts.append(count)
    }
    neurons.append(neuron)
    bins.append(bin)
  }

  /// Adds the spikes of one bin, later than all before.
  mutating func append(_ spikes: BinSpikes, bin: Int) {
    let bin = UInt32(truncatingIfNeeded: bin)
    if counts.isEmpty, spikes.spikeCount == spikes.count {
      neurons += spikes.neurons
      bins.append(contentsOf: repeatElement(bin, count: spikes.count))
    } else {
      for index in 0..<spikes.count {
        append(neuron: spikes.neurons[index], bin: bin, count: spikes.counts[index])
      }
    }
  }

  /// Adds events later than all before.
  package mutating func append(_ other: SpikeColumns) {
    if !counts.isEmpty || !other.counts.isEmpty {
      if counts.isEmpty { counts = countsOrOnes }
      counts += other.countsOrOnes
    }
    neurons += other.neurons
    bins += other.bins
  }

  /// The events as those of `run`, whose own are left out.
  ///
  /// - Throws: `invalidData` where they cannot be.
  package func spikes(of run: BinnedSpikes, binCount: Int) throws(SpikingError) -> BinnedSpikes {
    try BinnedSpikes(
      neurons: neurons, bins: bins, counts: counts, binCount: binCount, dt: run.dt,
      networkOffsets: run.networkOffsets, seed: run.seed)
  }

  private var countsOrOnes: [UInt16] {
    counts.isEmpty ? [UInt16](repeating: 1, count: neurons.count) : counts
  }

  /// The events of several networks in one order, the neurons of each shifted by its offset.
  ///
  /// - Parameter range: the bins in which there are events.
  /// - Complexity: O(events + bins).
  static func merged(
    _ parts: [SpikeColumns], offsets: [Int], range: Range<Int>
  ) -> SpikeColumns {
    if parts.count == 1 { return parts[0] }
    var counts = [Int](repeating: 0, count: range.count)
    for part in parts { for bin in part.bins { counts[Int(bin) - range.lowerBound] += 1 } }
    var sort = CountingSort(counts: counts)
    let eventCount = sort.offsets[range.count]
    var result = SpikeColumns()
    result.neurons = [UInt32](repeating: 0, count: eventCount)
    result.bins = result.neurons
    if parts.contains(where: { !$0.counts.isEmpty }) {
      result.counts = [UInt16](repeating: 1, count: eventCount)
    }
    // The networks in their order, so that within a bin the neurons ascend.
    for (part, offset) in zip(parts, offsets) {
      for event in part.bins.indices {
        let place = sort.place(of: Int(part.bins[event]) - range.lowerBound)
        result.neurons[place] = part.neurons[event] + UInt32(offset)
        result.bins[place] = part.bins[event]
        if !part.counts.isEmpty { result.counts[place] = part.counts[event] }
      }
    }
    return result
  }
}
