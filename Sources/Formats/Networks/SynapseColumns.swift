internal import SpikingFramework

/// Synapses in any order, as they come from files. Those between the same two neurons are added up.
struct SynapseColumns {
  private(set) var sources: [UInt32] = []
  private var targets: [UInt32] = []
  private var weights: [Float] = []
  /// Empty while all are 1.
  private var delays: [UInt16] = []

  /// Adds a synapse between neurons that `network` checks.
  mutating func append(from source: UInt32, to target: UInt32, weight: Float, delay: UInt16 = 1) {
    if delay != 1, delays.isEmpty { delays = Array(repeating: 1, count: sources.count) }
    if delay != 1 || !delays.isEmpty { delays.append(delay) }
    sources.append(source)
    targets.append(target)
    weights.append(weight)
  }

  /// Gives neuron `k` the number `numbers[k]`.
  mutating func renumber(_ numbers: [UInt32]) {
    for index in sources.indices {
      sources[index] = numbers[Int(sources[index])]
      targets[index] = numbers[Int(targets[index])]
    }
  }

  /// The network of these synapses; a weight of 0 is none.
  ///
  /// - Throws: `invalidData` about neurons that there are not, weights that are not finite, delays of 0, and synapses
  ///   between the same neurons whose delays differ.
  /// - Complexity: O(synapses + neurons).
  func network(name: String, neuronCount: Int) throws(SpikingError) -> Connectivity {
    for (sources, word) in [(sources, "source"), (targets, "target")] {
      if let index = sources.firstIndex(where: { $0 >= neuronCount }) {
        throw SpikingError(
          .invalidData, "synapse \(index), \(word)", found: sources[index],
          expected: "a neuron below \(neuronCount)")
      }
    }
    var rows = SynapseRows(neuronCount: neuronCount, capacity: sources.count)
    for index in order(neuronCount) {
      try rows.append(
        from: Int(sources[index]), to: targets[index], weight: weights[index],
        delay: delays.isEmpty ? 1 : delays[index])
    }
    return try rows.network(name: name)
  }

  /// The synapses by source, those of a source by target, equal ones as they came.
  private func order(_ neuronCount: Int) -> [Int] {
    var byTarget = [Int](repeating: 0, count: targets.count)
    var sort = CountingSort(of: targets, below: neuronCount)
    for (index, target) in targets.enumerated() { byTarget[sort.place(of: Int(target))] = index }
    var order = [Int](repeating: 0, count: targets.count)
    sort = CountingSort(of: sources, below: neuronCount)
    for index in byTarget { order[sort.place(of: Int(sources[index]))] = index }
    return order
  }
}
