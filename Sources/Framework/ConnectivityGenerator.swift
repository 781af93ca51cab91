/// Makes networks: from its parameters and a source of randomness, a matrix of synaptic weights.
public protocol ConnectivityGenerator: Parameterized, Sendable {
  /// One network.
  ///
  /// - Parameter random: the randomness of this network alone. The same source gives the same
  ///   network; rows are drawn from `random.stream(row)`.
  /// - Throws: `invalidParameter`, by `validate()`, where the parameters describe no network.
  func connectivity(random: RandomSource) throws(SpikingError) -> Connectivity
}

extension ConnectivityGenerator {
  /// Several networks, named "0", "1", ….
  ///
  /// Network k of a seed is the same however many are made.
  ///
  /// - Throws: `invalidParameter`.
  public func networks(count: Int, seed: UInt64) throws(SpikingError) -> [Connectivity] {
    var networks: [Connectivity] = []
    networks.reserveCapacity(count)
    for index in 0..<count { networks.append(try network(index, seed: seed)) }
    return networks
  }

  /// Network number `index` of a seed, named after its number.
  ///
  /// - Throws: `invalidParameter`.
  public func network(_ index: Int, seed: UInt64) throws(SpikingError) -> Connectivity {
    let random = RandomSource(seed: seed)["networks"]["\(index)"]
    var network = try connectivity(random: random)
    network.name = "\(index)"
    return network
  }
}
