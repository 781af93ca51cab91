import Spiking

/// What this machine can do at best, in this run: what the stages of a simulation are compared with.
struct Limits {
  /// Seconds a neuron of a draw in which nobody fires: bounds of 0.
  let draw: Double
  /// Seconds an entry of the addition of a dense row, everything in the first cache.
  let rowAddition: Double
  /// Seconds a synapse of the addition of a sparse row, everything in the first cache.
  let scatter: Double

  static func measure() async throws -> Limits {
    let (dense, sparse) = (try await addition(sparse: false), try await addition(sparse: true))
    return Limits(draw: await bareDraw(), rowAddition: dense, scatter: sparse)
  }

  private static func bareDraw() async -> Double {
    let (neurons, bins) = (512, 5000)
    let bounds = [Float](repeating: 0, count: neurons)
    let random = RandomSource(seed: 0)
    var candidates = 0
    let time = await medianSeconds {
      for bin in 0..<bins {
        BlockDraws.candidates(0..<neurons, bounds: bounds.span, bin: bin, random: random) {
          _, _ in candidates += 1
        }
      }
    }
    precondition(candidates < bins)
    return time / Double(neurons * bins)
  }

  /// Eight neurons of 500 fire again and again in a model without a filter of its own spikes: 16 to 24
  /// kB are read and 2 kB changed.
  private static func addition(sparse: Bool) async throws -> Double {
    let (neurons, sources, bins) = (500, 8, 1000)
    let full = try Connectivity(
      matrix: [Float](repeating: 1e-6, count: neurons * neurons), neuronCount: neurons)
    let network = sparse ? full.sparse() : full.dense()
    var state = try PoissonGLM().makeState(of: network, neurons: 0..<neurons)
    var spikes = BinSpikes()
    for neuron in 0..<sources { spikes.append(neuron: neuron, count: 1) }
    let time = await medianSeconds {
      for bin in 0..<bins { PoissonGLM().receive(spikes, bin: bin, in: &state) }
    }
    return time / Double(neurons * sources * bins)
  }
}

extension Limits {
  /// What forming the drives of `neurons` neurons takes at least, if what it needs is moved between
  /// the caches as fast as in a copy of as much.
  ///
  /// It touches 24 bytes of a neuron: its arrivals of two bins (4 bytes each), its filtered sum and its
  /// drive (8 each). The older arrivals and the sum are read and written, the drive is written: 36
  /// bytes move.
  func driveSeconds(neurons: Int) async -> Double {
    Double(36 * neurons) / (await Bandwidth.moving(24 * neurons))
  }

  /// What drawing for `neurons` neurons takes at least.
  func drawSeconds(neurons: Int) -> Double { draw * Double(neurons) }

  /// What passing `events` spikes through synapses of `network` takes at least: the addition alone
  /// or the reading alone, whichever is longer.
  func scatterSeconds(events: Double, through network: Connectivity) async -> Double {
    let width = Double(network.byteCount) / Double(network.synapseCount)
    let addition =
      switch network.storage {
      case .sparse: scatter
      case .dense: rowAddition * width / 4
      }
    return events
      * max(addition, width / (await Bandwidth.reading(min(network.byteCount, 256 << 20))))
  }
}
