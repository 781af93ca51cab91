extension SpikeTrains {
  /// The spikes counted in bins of equal width, the first of which begins with the recording.
  ///
  /// Only whole bins count: spikes after the last of them are left out. A spike that lies below an
  /// edge by less than a millionth of the width belongs to the bin above (`BinRule`), so that the
  /// recording of a simulation, binned by its dt, gives back the simulation's events.
  ///
  /// - Parameters:
  ///   - width: the width of a bin in ms.
  ///   - networkOffsets: the first neuron of each network, and the number of neurons at the end;
  ///     nil for one network of all neurons.
  /// - Throws: `invalidParameter` where the width is not positive, exceeds the recording or makes
  ///   more than `BinnedSpikes.maximumBinCount` bins, or the offsets end at another number of
  ///   neurons; `invalidData` where they do not ascend from 0, without neurons, or for more than
  ///   65 535 spikes of a neuron in a bin.
  /// - Complexity: O(spikes · log spikes).
  public func binned(
    width: Double, networkOffsets: [Int]? = nil
  ) throws(SpikingError) -> BinnedSpikes {
    let binCount = try wholeBins(ofWidth: width)
    guard neuronCount > 0 else {
      throw SpikingError(
        .invalidData, "recording", found: "no neurons", expected: "at least one to count spikes of")
    }
    if let last = networkOffsets?.last, last != neuronCount {
      throw SpikingError(
        .invalidParameter, "networkOffsets", found: "\(last) neurons",
        expected: "the \(neuronCount) of the recording")
    }
    let columns = try columns(of: binCount, width: width)
    return try BinnedSpikes(
      neurons: columns.neurons, bins: columns.bins, counts: columns.counts, binCount: binCount,
      dt: width, networkOffsets: networkOffsets ?? [0, neuronCount], seed: nil)
  }

  /// How many bins of `width` ms fit into the recording.
  private func wholeBins(ofWidth width: Double) throws(SpikingError) -> Int {
    guard width > 0, width.isFinite else {
      throw SpikingError(
        .invalidParameter, "width", found: width, expected: "\(ParameterDomain.positive)")
    }
    let limit = BinnedSpikes.maximumBinCount
    let count = BinRule(width: width, for: self).bin(of: duration, limit: limit + 1)
    guard count > 0 else {
      throw SpikingError(
        .invalidParameter, "width", found: width,
        expected: "at most the \(duration) ms of the recording")
    }
    guard count <= limit else {
      throw SpikingError(
        .invalidParameter, "width", found: width,
        expected: "at least \(duration / Double(limit)) ms: no more than \(limit) bins")
    }
    return count
  }

  /// The events in the first `binCount` bins, in order.
  private func columns(of binCount: Int, width: Double) throws(SpikingError) -> SpikeColumns {
    let rule = BinRule(width: width, for: self)
    // The bin above, the neuron below: one number sorts by both.
    var places: [UInt64] = []
    places.reserveCapacity(times.count)
    for neuron in 0..<neuronCount {
      for time in self[neuron] {
        let bin = rule.bin(of: time - start, limit: binCount)
        if bin == binCount { break }
        places.append(UInt64(bin) << 32 | UInt64(neuron))
      }
    }
    places.sort()
    var columns = SpikeColumns()
    var index = 0
    while index < places.count {
      let place = places[index]
      let first = index
      while index < places.count, places[index] == place { index += 1 }
      let (neuron, bin) = (UInt32(truncatingIfNeeded: place), UInt32(place >> 32))
      guard let count = UInt16(exactly: index - first) else {
        throw SpikingError(
          .invalidData, "neuron \(neuron)",
          found: "\(index - first) spikes in bin \(bin) of \(width) ms",
          expected: "at most \(UInt16.max)")
      }
      columns.append(neuron: neuron, bin: bin, count: count)
    }
    return columns
  }
}
