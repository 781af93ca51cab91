extension [Double] {
  /// Brings the times of each neuron into order, those of neuron i at `offsets[i]..<offsets[i + 1]`.
  ///
  /// - Returns: the neurons whose times were not.
  /// - Complexity: O(times), O(times · log times) where they are not in order.
  package mutating func sortTrains(_ offsets: [Int]) -> [Int] {
    var unsorted: [Int] = []
    for (neuron, (first, end)) in zip(offsets, offsets.dropFirst()).enumerated() {
      let train = self[first..<end]
      guard zip(train, train.dropFirst()).contains(where: { $0 > $1 }) else { continue }
      self[first..<end].sort()
      unsorted.append(neuron)
    }
    return unsorted
  }
}

extension Irregularity {
  /// That spikes of some units were not in the order of time.
  package static func unsortedSpikes(ofUnits units: [Int]) -> Irregularity {
    Irregularity(.unsorted, "the spikes of \(SpikeIrregularities.names(units)), which were sorted")
  }
}
