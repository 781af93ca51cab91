/// The synapses of one network: W[i, j] is the weight from neuron i (presynaptic, row) to neuron j
/// (postsynaptic, column).
///
/// Rows are stored sparse (targets and weights, 6 or 8 bytes a synapse) or dense (4 bytes an
/// entry), whichever makes the simulation faster; the two are interchangeable and give the same
/// spikes. An autapse W[i, i] is a synapse like any other, and a neuron without synapses is still a
/// neuron.
public struct Connectivity: Sendable {
  /// How the rows are stored.
  public enum Storage: Hashable, Sendable {
    /// The synapses of each neuron.
    case sparse(SparseRows)
    /// Row-major weights, zero where there is no synapse.
    case dense([Float])
  }

  /// What the network is called. The random numbers of a run belong to the name: a network keeps
  /// its spikes whatever other networks run beside it.
  public var name: String
  /// The number of neurons, isolated ones included.
  public let neuronCount: Int
  /// The rows.
  public let storage: Storage

  /// The number of synapses: entries that are not zero.
  public let synapseCount: Int

  /// A network from sparse rows.
  ///
  /// - Throws: `invalidData` where the rows do not describe a matrix of finite weights: targets
  ///   ascending, weights finite and not 0, at least one row.
  /// - Complexity: O(synapses).
  public init(name: String = "", rows: SparseRows) throws(SpikingError) {
    try Self.validate(name: name, rows: rows)
    self.init(
      unchecked: name, neuronCount: rows.rowCount, storage: .sparse(rows),
      synapseCount: rows.weights.count)
  }

  /// A network from a full matrix, row by row, in the storage that suits its density.
  ///
  /// - Throws: `invalidData` where the matrix is empty, not square or not finite.
  /// - Complexity: O(neurons²).
  public init(name: String = "", matrix: [Float], neuronCount: Int) throws(SpikingError) {
    try Self.validate(name: name, matrix: matrix, neuronCount: neuronCount)
    let synapseCount = matrix.reduce(0) { $0 + ($1 != 0 ? 1 : 0) }
    let dense = Connectivity(
      unchecked: name, neuronCount: neuronCount, storage: .dense(matrix),
      synapseCount: synapseCount)
    self = dense.inFasterStorage()
  }

  init(unchecked name: String, neuronCount: Int, storage: Storage, synapseCount: Int) {
    self.name = name
    self.neuronCount = neuronCount
    self.storage = storage
    self.synapseCount = synapseCount
  }

  /// The fraction of the ordered pairs i ≠ j that are connected: autapses do not count.
  ///
  /// - Complexity: as `autapseCount`.
  public var density: Double {
    neuronCount < 2
      ? 0
      : Double(synapseCount - autapseCount) / (Double(neuronCount) * Double(neuronCount - 1))
  }

  /// The number of synapses from a neuron to itself.
  ///
  /// - Complexity: O(neurons · log row length) when sparse, O(neurons) when dense.
  public var autapseCount: Int {
    (0..<neuronCount).count { neuron in
      guard case .sparse(let rows) = storage else { return self[neuron, neuron] != 0 }
      let index = rows.firstSynapse(of: neuron, atLeast: neuron)
      return index < rows.offsets[neuron + 1] && rows.target(index) == neuron
    }
  }

  /// The weight from neuron `source` to neuron `target`; 0 where there is no synapse.
  ///
  /// - Complexity: O(log row length) when sparse.
  public subscript(source: Int, target: Int) -> Float {
    precondition(0..<neuronCount ~= source && 0..<neuronCount ~= target, "no such neuron")
    switch storage {
    case .dense(let matrix): return matrix[source * neuronCount + target]
    case .sparse(let rows):
      let index = rows.firstSynapse(of: source, atLeast: target)
      let isThere = index < rows.offsets[source + 1] && rows.target(index) == target
      return isThere ? rows.weights[index] : 0
    }
  }

  /// Shows every synapse, row by row, targets ascending.
  public func forEachSynapse(_ body: (_ source: Int, _ target: Int, _ weight: Float) -> Void) {
    for source in 0..<neuronCount {
      forEachSynapse(from: source) { body(source, $0, $1) }
    }
  }

  /// Shows the synapses of one neuron, targets ascending.
  public func forEachSynapse(from source: Int, _ body: (_ target: Int, _ weight: Float) -> Void) {
    switch storage {
    case .dense(let matrix):
      for target in 0..<neuronCount {
        let weight = matrix[source * neuronCount + target]
        if weight != 0 { body(target, weight) }
      }
    case .sparse(let rows):
      for index in rows.offsets[source]..<rows.offsets[source + 1] {
        body(rows.target(index), rows.weights[index])
      }
    }
  }
}

extension Connectivity: Equatable {
  /// Whether both have the same neurons and synapses, however stored and named.
  public static func == (left: Connectivity, right: Connectivity) -> Bool {
    guard left.neuronCount == right.neuronCount else { return false }
    return left.sparse().storage == right.sparse().storage
  }
}

extension Connectivity: CustomStringConvertible {
  /// "50 neurons, 2450 synapses (density 1.0), weights −1.2 to 1.4", and the longest delay, where there is one.
  ///
  /// - Complexity: O(synapses), O(neurons²) from dense rows.
  public var description: String {
    let weights: String? =
      switch storage {
      case .sparse(let rows): extent(rows.weights.lazy.map(Double.init))
      case .dense(let matrix): extent(matrix.lazy.filter { $0 != 0 }.map(Double.init))
      }
    return "\(counted(neuronCount, "neuron")), \(counted(synapseCount, "synapse"))"
      + (weights.map { " (density \(brief(density, digits: 2))), weights \($0)" } ?? "")
      + (hasDelays ? ", delays of up to \(maximumDelay) bins" : "")
  }
}
