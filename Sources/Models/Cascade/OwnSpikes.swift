internal import SpikingFramework

/// The latest spikes of a block's own neurons, and what they do to these neurons.
///
/// Such spikes are rare: in each bin those within the filter's window add their tap, one by one, to
/// the drives, and all other neurons cost nothing.
struct OwnSpikes {
  private struct Spike {
    let index: UInt32
    let count: UInt16
    var bin: Int
  }

  private let taps: [Double]
  /// In the order of their bins; those before `first` are forgotten.
  private var spikes: [Spike] = []
  private var first = 0
  /// The last bin whose drives were formed.
  private var bin = 0

  init(taps: [Double]) { self.taps = taps }

  /// Notes that a neuron fired in bin `bin`, which is not before the last one noted.
  mutating func append(index: Int, count: UInt16, bin: Int) {
    if taps.isEmpty { return }
    spikes.append(Spike(index: UInt32(truncatingIfNeeded: index), count: count, bin: bin))
  }

  /// Adds what the spikes before bin `bin` do to its drives. Bins follow each other.
  ///
  /// - Complexity: O(spikes within the window).
  mutating func add(to drives: UnsafeMutablePointer<Double>, bin: Int) {
    // Not so in the first bin after a memory was restored, which does not know its bin.
    if self.bin &+ 1 != bin {
      for position in spikes.indices { spikes[position].bin += bin - 1 - self.bin }
    }
    self.bin = bin
    while first < spikes.count, bin - spikes[first].bin > taps.count { first += 1 }
    // What is forgotten is moved out once it is most of what is there.
    if first > 64, 2 * first > spikes.count {
      spikes.removeFirst(first)
      first = 0
    }
    for position in first..<spikes.count {
      let spike = spikes[position]
      drives[Int(spike.index)] += Double(spike.count) * taps[bin - 1 - spike.bin]
    }
  }

  /// Shows the counts of the bins of the window, the latest first, of all neurons of the block.
  mutating func visitMemory(_ visit: inout some MemoryVisitor, neurons: Int) {
    var counts = [UInt16](repeating: 0, count: taps.count * neurons)
    for spike in spikes[first...] where bin - spike.bin < taps.count {
      counts[(bin - spike.bin) * neurons + Int(spike.index)] = spike.count
    }
    visit(perNeuron: &counts)
    spikes.removeAll()
    first = 0
    for row in taps.indices.reversed() {
      for index in 0..<neurons where counts[row * neurons + index] > 0 {
        append(index: index, count: counts[row * neurons + index], bin: bin - row)
      }
    }
  }
}
