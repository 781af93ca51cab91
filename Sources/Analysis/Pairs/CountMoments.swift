internal import SpikingFramework

/// Σ n_i and Σ n_i n_j of the spike counts of neurons over bins, of which nearly all are empty.
struct CountMoments {
  /// How many bins there are in which all neurons were observed.
  let binCount: Int
  private var sums: [Double]
  private var products: Products

  /// - Throws: `invalidParameter` where the width is not positive or longer than the recording,
  ///   `invalidData` for more than `PairMatrix.maximumNeuronCount` neurons, or neurons that were not observed together.
  init(_ recording: SpikeTrains, binWidth: Double) throws(SpikingError) {
    _ = try SpikingAnalysis.binCount(
      covering: recording.duration, "recording", width: binWidth, "binWidth")
    try PairMatrix.check(recording)
    let segments = recording.observedBins(width: binWidth)
    guard !segments.isEmpty else {
      throw SpikingError(
        .invalidData, "recording", found: "no bin in which all neurons were observed",
        expected: "neurons that were observed together: select some")
    }
    binCount = segments.reduce(0) { $0 + $1.count }
    sums = Array(repeating: 0, count: recording.neuronCount)
    products = Products(recording.neuronCount)
    var active: [(neuron: Int, count: Double)] = []
    var present = -1
    for (bin, neuron) in Self.occupied(recording, segments, binWidth: binWidth) {
      if bin != present {
        products.add(active)
        active.removeAll(keepingCapacity: true)
        present = bin
      }
      sums[neuron] += 1
      if active.last?.neuron == neuron {
        active[active.count - 1].count += 1
      } else {
        active.append((neuron, 1))
      }
    }
    products.add(active)
  }

  /// Σ (n_i − ⟨n_i⟩)(n_j − ⟨n_j⟩).
  func scatter(_ first: Int, _ second: Int) -> Double {
    products.values[first * sums.count + second] - sums[first] * sums[second] / Double(binCount)
  }

  /// The bin and the neuron of every spike within the segments, sorted.
  private static func occupied(
    _ recording: SpikeTrains, _ segments: [Range<Int>], binWidth: Double
  ) -> [(bin: Int, neuron: Int)] {
    var spikes: [(bin: Int, neuron: Int)] = []
    spikes.reserveCapacity(recording.times.count)
    let rule = BinRule(width: binWidth, for: recording)
    let end = segments.last?.upperBound ?? 0
    for neuron in 0..<recording.neuronCount {
      var segment = 0
      for time in recording[neuron] {
        let bin = rule.bin(of: time - recording.start, limit: end)
        if bin == end { break }
        while segments[segment].upperBound <= bin { segment += 1 }
        if segments[segment].contains(bin) { spikes.append((bin, neuron)) }
      }
    }
    spikes.sort { $0 < $1 }
    return spikes
  }
}

/// Σ n_i n_j over bins, of which nearly all are empty.
private struct Products {
  private let neuronCount: Int
  private(set) var values: [Double]

  init(_ neuronCount: Int) {
    self.neuronCount = neuronCount
    values = Array(repeating: 0, count: neuronCount * neuronCount)
  }

  mutating func add(_ active: [(neuron: Int, count: Double)]) {
    for first in active {
      for second in active {
        values[first.neuron * neuronCount + second.neuron] += first.count * second.count
      }
    }
  }
}
