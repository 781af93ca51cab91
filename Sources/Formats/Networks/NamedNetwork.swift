public import SpikingFiles
public import SpikingFramework

/// A network whose neurons may have names, as those of connectomes do.
///
/// ```swift
/// let connectome = try NamedNetwork(contentsOf: "connectome.graphml")
/// try connectome.write(to: "connectome.npz")
/// ```
public struct NamedNetwork: Equatable, Sendable {
  /// The synapses.
  public var network: Connectivity
  /// A name for each neuron, or none at all.
  public let names: [String]

  /// A network and the names of its neurons.
  ///
  /// - Throws: `invalidData` where there are names, but not one for each neuron.
  public init(_ network: Connectivity, names: [String] = []) throws(SpikingError) {
    guard names.isEmpty || names.count == network.neuronCount else {
      throw SpikingError(
        .invalidData, "names", found: "\(names.count) names",
        expected: "one for each of \(network.neuronCount) neurons")
    }
    self.network = network
    self.names = names
  }

  /// The network of a file with the names of its neurons, where it has some.
  ///
  /// - Throws: as `Connectivity(contentsOf:array:)`.
  public init(contentsOf location: some FileLocation, array: String? = nil) throws(SpikingError) {
    self = try ConnectivityFile(location.locationPath).loadNamed(array: array)
  }

  /// Writes the network in the format that the extension names (`NetworkFormat`).
  ///
  /// - Parameter asMatrix: whether a table has a row and a column for each neuron, under their names,
  ///   and not a row for each synapse.
  /// - Returns: what the file does not hold of the network, in words; nothing where it holds all.
  /// - Throws: `unwritableFile`, also for another extension.
  /// - Complexity: O(synapses), O(neurons²) for matrices; memory for one row, and for `.npz` twice the disk.
  @discardableResult
  public func write(
    to location: some FileLocation, asMatrix: Bool = false
  ) throws(SpikingError) -> [String] {
    try ConnectivityFile(location.locationPath).save(self, asMatrix: asMatrix)
  }

  /// The names, or the numbers where there are none or one comes twice: what tells the neurons apart.
  var uniqueNames: [String] {
    areNamesUnique && !names.isEmpty ? names : (0..<network.neuronCount).map { "\($0)" }
  }

  /// Whether no name comes twice.
  var areNamesUnique: Bool { Set(names).count == names.count }
}
