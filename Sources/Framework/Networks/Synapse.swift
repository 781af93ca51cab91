/// A synapse of a network.
public struct Synapse: Codable, Hashable, Sendable {
  /// The presynaptic neuron.
  public var source: Int
  /// The postsynaptic neuron.
  public var target: Int
  /// Its weight.
  public var weight: Float
  /// From the spike to its first effect, in bins.
  public var delay: Int

  /// A synapse from one neuron to another.
  public init(from source: Int, to target: Int, weight: Float, delay: Int = 1) {
    self.source = source
    self.target = target
    self.weight = weight
    self.delay = delay
  }
}

extension Connectivity {
  /// A network of some synapses, in any order.
  ///
  /// ```swift
  /// let network = try Connectivity(
  ///   neurons: 3, synapses: [Synapse(from: 0, to: 1, weight: 0.5), Synapse(from: 1, to: 2, weight: -1)])
  /// ```
  ///
  /// - Throws: `invalidData` about the first synapse between neurons that do not exist, of a weight that is 0 or
  ///   not finite, of a delay outside 1 to 65 535 bins, or between two neurons that another one joins; for a
  ///   network without neurons.
  /// - Complexity: O(synapses · log synapses).
  public init(
    name: String = "", neurons: Int, synapses: some Sequence<Synapse>
  ) throws(SpikingError) {
    let subject = Self.subject(name)
    guard 1...Self.maximumNeuronCount ~= neurons else {
      throw SpikingError(
        .invalidData, subject, found: counted(neurons, "neuron"),
        expected: "1 to \(Self.maximumNeuronCount)")
    }
    let sorted = synapses.sorted { ($0.source, $0.target) < ($1.source, $1.target) }
    var rows = SparseRows(neuronCount: neurons, capacity: sorted.count)
    var previous: Synapse?
    for synapse in sorted {
      let place = "\(subject), synapse from \(synapse.source) to \(synapse.target)"
      guard 0..<neurons ~= synapse.source, 0..<neurons ~= synapse.target else {
        throw SpikingError(
          .invalidData, place, "there is no such neuron, expected 0 to \(neurons - 1)")
      }
      guard SparseRows.delayRange.contains(synapse.delay) else {
        throw SpikingError(
          .invalidData, place, found: "a delay of \(synapse.delay)",
          expected: "1 to \(SparseRows.delayRange.upperBound) bins")
      }
      if let previous, (previous.source, previous.target) == (synapse.source, synapse.target) {
        throw SpikingError(.invalidData, place, "is there twice")
      }
      while rows.rowCount < synapse.source { rows.endRow() }
      rows.append(synapse.target, synapse.weight, delay: synapse.delay)
      previous = synapse
    }
    while rows.rowCount < neurons { rows.endRow() }
    self = try Connectivity(name: name, rows: rows).inFasterStorage()
  }

  /// A network from its matrix, `weights[i][j]` from neuron i to neuron j; zero where there is no synapse.
  ///
  /// - Throws: `invalidData` where the matrix is empty, not square or not finite.
  /// - Complexity: O(neurons²).
  public init(_ weights: [[Float]], name: String = "") throws(SpikingError) {
    if let row = weights.firstIndex(where: { $0.count != weights.count }) {
      throw SpikingError(
        .invalidData, "\(Self.subject(name)), row \(row)", found: "\(weights[row].count) weights",
        expected: "\(weights.count), as there are rows")
    }
    try self.init(name: name, matrix: Array(weights.joined()), neuronCount: weights.count)
  }
}
