public import SpikingFramework

/// Which synapses a fit may find.
public struct ConnectionMask: Hashable, Sendable {
  /// The number of neurons.
  public let neuronCount: Int
  /// Row by row, from the presynaptic neuron to every postsynaptic one.
  public let values: [Bool]

  /// A mask [pre, post] of truth values.
  ///
  /// - Throws: `invalidData` where it is not square.
  public init(_ values: [Bool], neuronCount: Int) throws(SpikingError) {
    guard values.count == neuronCount * neuronCount else {
      throw SpikingError(
        .invalidData, "mask", found: "\(values.count) values",
        expected: "\(neuronCount) × \(neuronCount), from each neuron to each")
    }
    self.values = values
    self.neuronCount = neuronCount
  }

  /// The synapses of a network.
  public init(synapsesOf network: Connectivity) {
    neuronCount = network.neuronCount
    var values = [Bool](repeating: false, count: neuronCount * neuronCount)
    let count = neuronCount
    network.forEachSynapse { source, target, _ in values[source * count + target] = true }
    self.values = values
  }

  /// Whether there can be a synapse from `source` to `target`.
  public subscript(source: Int, target: Int) -> Bool { values[source * neuronCount + target] }
}

extension ConnectionMask: CustomStringConvertible {
  /// "50 neurons, 2450 of 2500 pairs".
  public var description: String {
    "\(counted(neuronCount, "neuron")), \(values.count { $0 }) of \(counted(values.count, "pair"))"
  }
}

extension ConnectionMask: Codable {
  /// - Throws: `invalidData`, as from truth values; what the decoder throws.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let neuronCount = try fields.decode(Int.self, forKey: .neuronCount)
    try SpikingError.require(
      0...Connectivity.maximumNeuronCount ~= neuronCount, "mask", found: "\(neuronCount) neurons",
      expected: "a number of neurons")
    try self.init(fields.decode([Bool].self, forKey: .values), neuronCount: neuronCount)
  }
}
