extension BinnedSpikes {
  /// The count of every neuron in every bin: `denseCounts()[neuron][bin]`, neurons × bins numbers.
  ///
  /// - Complexity: O(neurons × bins), in memory 8 bytes each: for short runs.
  public func denseCounts() -> [[Int]] {
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: binCount), count: neuronCount)
    for event in events { counts[event.neuron][event.bin] = event.count }
    return counts
  }

  /// Spikes from the count of every neuron in every bin, `counts[neuron][bin]`.
  ///
  /// - Parameters:
  ///   - counts: neurons × bins numbers from 0 to 65 535.
  ///   - dt: the width of a bin in ms.
  ///   - networkOffsets: the first neuron of each network, and the number of neurons at the end; nil for one
  ///     network of all neurons.
  ///   - seed: the seed of the run that made them; nil where it is not known.
  /// - Throws: `invalidData` where a neuron has more or fewer bins than the first, a count is negative or
  ///   above 65 535, there is no neuron, or the width or the offsets cannot be those of spikes.
  /// - Complexity: O(neurons × bins).
  public init(
    counts: [[Int]], dt: Double, networkOffsets: [Int]? = nil, seed: UInt64? = nil
  ) throws(SpikingError) {
    let binCount = counts.first?.count ?? 0
    var columns = SpikeColumns()
    if let neuron = counts.firstIndex(where: { $0.count != binCount }) {
      throw SpikingError(
        .invalidData, "counts[\(neuron)]", found: "\(counts[neuron].count) bins",
        expected: "\(binCount), as of neuron 0")
    }
    for bin in 0..<binCount {
      for (neuron, row) in counts.enumerated() where row[bin] != 0 {
        guard let count = UInt16(exactly: row[bin]) else {
          throw SpikingError(
            .invalidData, "counts[\(neuron)][\(bin)]", found: row[bin],
            expected: "0 to \(UInt16.max)")
        }
        columns.append(
          neuron: UInt32(truncatingIfNeeded: neuron), bin: UInt32(truncatingIfNeeded: bin),
          count: count)
      }
    }
    try self.init(
      neurons: columns.neurons, bins: columns.bins, counts: columns.counts, binCount: binCount,
      dt: dt, networkOffsets: networkOffsets ?? [0, counts.count], seed: seed)
  }
}
