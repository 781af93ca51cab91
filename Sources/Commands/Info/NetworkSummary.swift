internal import Spiking

/// A network.
struct NetworkSummary: Summary {
  let file: String
  let kind = "network"
  let neurons: Int
  let synapses: Int
  let density: Double
  /// Not there without synapses.
  let weightMinimum: Float?
  let weightMaximum: Float?
  let autapses: Int
  let isolatedNeurons: Int
  /// The longest delay; not there where all are one bin.
  let maximumDelay: Int?
  /// Those of the neurons; not there where they have none.
  let names: [String]?
  /// How it is kept in memory for a simulation.
  let storage: String
  let bytes: Int

  init(_ named: NamedNetwork, file: String) {
    let network = named.network
    var (lowest, highest) = (Float.infinity, -Float.infinity)
    var isConnected = [Bool](repeating: false, count: network.neuronCount)
    network.forEachSynapse { source, target, weight in
      (lowest, highest) = (min(lowest, weight), max(highest, weight))
      isConnected[source] = true
      isConnected[target] = true
    }
    let hasSynapses = network.synapseCount > 0
    self.file = file
    neurons = network.neuronCount
    synapses = network.synapseCount
    density = network.density
    weightMinimum = hasSynapses ? lowest : nil
    weightMaximum = hasSynapses ? highest : nil
    autapses = network.autapseCount
    isolatedNeurons = isConnected.count { !$0 }
    maximumDelay = network.hasDelays ? network.maximumDelay : nil
    names = named.names.isEmpty ? nil : named.names
    storage =
      switch network.storage {
      case .dense: "dense rows"
      case .sparse(let rows):
        if case .narrow = rows.targets {
          "sparse rows of 16-bit targets"
        } else {
          "sparse rows of 32-bit targets"
        }
      }
    bytes = network.byteCount
  }

  var lines: [String] {
    var weights = ""
    if let weightMinimum, let weightMaximum {
      weights = "weights \(weightMinimum) to \(weightMaximum), "
    }
    let delays = maximumDelay.map { ", delays of up to \($0) bins" } ?? ""
    let named =
      names.map { names in
        ", named \(names.prefix(3).joined(separator: ", "))\(names.count > 3 ? ", …" : "")"
      } ?? ""
    return [
      "\(file): network of \(neurons) neurons, \(synapses) synapses "
        + "(density \(significant(density))), \(weights)\(autapses) autapses, "
        + "\(isolatedNeurons) isolated neurons\(delays)\(named); simulated with \(storage), \(bytes) bytes"
    ]
  }
}

/// The networks of a folder.
struct NetworkFolderSummary: Summary {
  let file: String
  let kind = "networks"
  let networks: [NetworkSummary]

  var lines: [String] { networks.flatMap(\.lines) }
}
