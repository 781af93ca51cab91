/// Columns of spike events as they grow, sorted by bin, then neuron.
struct SpikeColumns: Sendable {
  private(set) var neurons: [UInt32] = []
  private(set) var bins: [UInt32] = []
  /// Empty as long as every count is 1.
  private(set) var counts: [UInt16] = []

  init() {}

  init(neurons: [UInt32], bins: [UInt32], counts: [UInt16]) {
    self.neurons = neurons
    self.bins = bins
    self.counts = counts.allSatisfy { $0 == 1 } ? [] : counts
  }

  mutating func append(neuron: UInt32, bin: UInt32, count: UInt16) {
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
  mutating func append(_ other: SpikeColumns) {
    if !counts.isEmpty || !other.counts.isEmpty {
      if counts.isEmpty { counts = countsOrOnes }
      counts += other.countsOrOnes
    }
    neurons += other.neurons
    bins += other.bins
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
    // How many events come before each bin: where its own begin.
    var places = [Int](repeating: 0, count: range.count + 1)
    for part in parts { for bin in part.bins { places[Int(bin) - range.lowerBound + 1] += 1 } }
    for index in 0..<range.count { places[index + 1] += places[index] }
    var result = SpikeColumns()
    result.neurons = [UInt32](repeating: 0, count: places[range.count])
    result.bins = result.neurons
    if parts.contains(where: { !$0.counts.isEmpty }) {
      result.counts = [UInt16](repeating: 1, count: places[range.count])
    }
    // The networks in their order, so that within a bin the neurons ascend.
    for (part, offset) in zip(parts, offsets) {
      for event in part.bins.indices {
        let bin = Int(part.bins[event]) - range.lowerBound
        let place = places[bin]
        places[bin] += 1
        result.neurons[place] = part.neurons[event] + UInt32(offset)
        result.bins[place] = part.bins[event]
        if !part.counts.isEmpty { result.counts[place] = part.counts[event] }
      }
    }
    return result
  }
}
