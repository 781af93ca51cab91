internal import SpikingFramework

/// The spikes of a network in the form that fits go through: one list in the order of the bins, and where
/// in it the spikes of each neuron are.
struct FitSpikes: Sendable {
  let neurons: [UInt32]
  let bins: [UInt32]
  let counts: [UInt16]
  let neuronCount: Int
  let binCount: Int
  /// Neuron i has the events `positions[offsets[i]..<offsets[i + 1]]`.
  let positions: [UInt32]
  let offsets: [Int]

  /// - Complexity: O(events).
  init(_ trains: SpikeTrains) {
    neurons = trains.neurons
    bins = trains.bins
    counts =
      trains.counts.isEmpty
      ? Array(repeating: 1, count: trains.eventCount) : trains.counts
    neuronCount = trains.neuronCount
    binCount = trains.binCount
    var offsets = [Int](repeating: 0, count: trains.neuronCount + 1)
    for neuron in trains.neurons { offsets[Int(neuron) + 1] += 1 }
    for neuron in 0..<trains.neuronCount { offsets[neuron + 1] += offsets[neuron] }
    var next = offsets
    var positions = [UInt32](repeating: 0, count: trains.eventCount)
    for (position, neuron) in trains.neurons.enumerated() {
      positions[next[Int(neuron)]] = UInt32(position)
      next[Int(neuron)] += 1
    }
    self.positions = positions
    self.offsets = offsets
  }

  /// The positions of one neuron's events in the list.
  func positions(of neuron: Int) -> ArraySlice<UInt32> {
    positions[offsets[neuron]..<offsets[neuron + 1]]
  }

  /// The events whose bins lie in a range.
  func events(in range: Range<Int>) -> Range<Int> {
    let lower = bins.firstPosition { Int($0) >= range.lowerBound }
    return lower..<max(lower, bins.firstPosition { Int($0) >= range.upperBound })
  }

  /// The positions of one neuron's events whose bins lie in a range.
  func positions(of neuron: Int, in range: Range<Int>) -> ArraySlice<UInt32> {
    let own = positions(of: neuron)
    let lower = own.firstPosition { Int(bins[Int($0)]) >= range.lowerBound }
    return own[lower..<max(lower, own.firstPosition { Int(bins[Int($0)]) >= range.upperBound })]
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index at which an ascending collection satisfies a condition; its end where none does.
  ///
  /// - Complexity: O(log count).
  func firstPosition(where isReached: (Element) -> Bool) -> Int {
    var (lower, upper) = (startIndex, endIndex)
    while lower < upper {
      let middle = lower + (upper - lower) / 2
      if isReached(self[middle]) { upper = middle } else { lower = middle + 1 }
    }
    return lower
  }
}
