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
    for index in 0..<spikes.count {
      append(
        neuron: spikes.neurons[index], bin: UInt32(truncatingIfNeeded: bin),
        count: spikes.counts[index])
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
  /// - Complexity: O(events × log networks).
  static func merged(_ parts: ArraySlice<SpikeColumns>, offsets: [Int]) -> SpikeColumns {
    guard parts.count > 1 else {
      guard let index = parts.indices.first, offsets[index] > 0 else {
        return parts.first ?? SpikeColumns()
      }
      var shifted = parts[index]
      let offset = UInt32(offsets[index])
      for event in shifted.neurons.indices { shifted.neurons[event] += offset }
      return shifted
    }
    let middle = (parts.startIndex + parts.endIndex) / 2
    return merged(
      merged(parts[..<middle], offsets: offsets), merged(parts[middle...], offsets: offsets))
  }

  private static func merged(_ first: SpikeColumns, _ second: SpikeColumns) -> SpikeColumns {
    var result = SpikeColumns()
    let total = first.neurons.count + second.neurons.count
    result.neurons.reserveCapacity(total)
    result.bins.reserveCapacity(total)
    var (i, j) = (0, 0)
    while i < first.neurons.count || j < second.neurons.count {
      let takesFirst =
        j == second.neurons.count || (i < first.neurons.count && first.bins[i] <= second.bins[j])
      if takesFirst {
        result.append(event: i, of: first)
        i += 1
      } else {
        result.append(event: j, of: second)
        j += 1
      }
    }
    return result
  }

  private mutating func append(event index: Int, of other: SpikeColumns) {
    append(
      neuron: other.neurons[index], bin: other.bins[index],
      count: other.counts.isEmpty ? 1 : other.counts[index])
  }
}
