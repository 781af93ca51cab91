internal import ArgumentParser
internal import Spiking

/// How the synapses of networks are stored while they are simulated.
enum StorageChoice: String, ExpressibleByArgument, CaseIterable {
  /// Whichever is faster at the network's density.
  case automatic
  case dense
  case sparse

  /// The same network, one of `count`, in this storage.
  ///
  /// - Throws: `invalidParameter` where dense rows do not fit into memory.
  func apply(to network: Connectivity, of count: Int) throws(SpikingError) -> Connectivity {
    switch self {
    case .automatic: return network.inFasterStorage()
    case .sparse: return network.sparse()
    case .dense:
      try requireMemory(
        neurons: network.neuronCount, networks: count, for: "--storage dense")
      return network.dense()
    }
  }
}
