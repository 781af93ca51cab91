/// Makes networks: from its parameters and a source of randomness, a matrix of synaptic weights.
public protocol ConnectivityGenerator: Parameterized, Sendable {
  /// One network.
  ///
  /// - Parameter random: the randomness of this network alone. The same source gives the same
  ///   network; rows are drawn from `random.stream(row)`.
  /// - Throws: `invalidParameter`, by `validate()`, where the parameters describe no network.
  func connectivity(random: RandomSource) throws(SpikingError) -> Connectivity

  /// The same network, made on at most `threads` threads. By default their number is of no effect; a
  /// generator that makes its rows in parallel conforms to `RowGenerator`.
  ///
  /// - Throws: as `connectivity(random:)`.
  func connectivity(random: RandomSource, threads: Int) throws(SpikingError) -> Connectivity
}

extension ConnectivityGenerator {
  public func connectivity(
    random: RandomSource, threads: Int
  ) throws(SpikingError) -> Connectivity {
    try connectivity(random: random)
  }

  /// Several networks, named "0", "1", ….
  ///
  /// Network k of a seed is the same however many are made. To go through more networks than memory
  /// holds, take them from `network(_:seed:threads:)` one at a time.
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
  /// - Parameters:
  ///   - index: which network.
  ///   - seed: the seed of all networks.
  ///   - threads: the most threads that make it; one for each core where none are given. The network
  ///     does not depend on them.
  /// - Throws: `invalidParameter`.
  public func network(
    _ index: Int, seed: UInt64, threads: Int? = nil
  ) throws(SpikingError) -> Connectivity {
    let random = RandomSource(seed: seed)["networks"]["\(index)"]
    var network: Connectivity
    if let threads {
      network = try connectivity(random: random, threads: threads)
    } else {
      network = try connectivity(random: random)
    }
    network.name = "\(index)"
    return network
  }
}
