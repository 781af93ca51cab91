import Spiking

/// What this machine can do at best, in this run: what the stages of a simulation are compared with.
struct Roofline {
  /// Seconds a neuron of a draw in which nobody fires: bounds of 0.
  let draw: Double
  /// Seconds an entry of the addition of a dense row, everything in the first cache.
  let rowAddition: Double
  /// Seconds a synapse of the addition of a sparse row, everything in the first cache.
  let scatter: Double

  static func measure() async -> Roofline {
    let (dense, sparse) = (await addition(sparse: false), await addition(sparse: true))
    return Roofline(draw: await bareDraw(), rowAddition: dense, scatter: sparse)
  }

  private static func bareDraw() async -> Double {
    let (neurons, bins) = (512, 20_000)
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
  private static func addition(sparse: Bool) async -> Double {
    let (neurons, sources, bins) = (500, 8, 5000)
    guard
      let full = try? Connectivity(
        matrix: (0..<neurons * neurons).map { Float($0 % 7 + 1) * 1e-6 }, neuronCount: neurons),
      case let network = sparse ? full.sparse() : full.dense(),
      var state = try? PoissonGLM().makeState(of: network, neurons: 0..<neurons)
    else { return .nan }
    var spikes = BinSpikes()
    for neuron in 0..<sources { spikes.append(neuron: neuron, count: 1) }
    let time = await medianSeconds {
      for bin in 0..<bins { PoissonGLM().receive(spikes, bin: bin, in: &state) }
    }
    return time / Double(neurons * sources * bins)
  }
}

extension Roofline {
  /// What `state` bytes of state take at least to form the drives of `neurons` neurons: their share
  /// of memory is read and written as fast as it is copied.
  ///
  /// A neuron's sums of two bins are read and one is cleared (4 bytes each); its filtered sum and
  /// its own filter are read and written, its drive is written (8 bytes each): 52 bytes.
  static func driveSeconds(neurons: Int, stateBytes: Int) async -> Double {
    Double(52 * neurons) / (await Bandwidth.copying(stateBytes))
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
    return events * max(addition, width / (await Bandwidth.reading(network.byteCount)))
  }
}

/// The limits as a table.
func measureRoofline(_ roofline: Roofline) async -> Section {
  var results: [Measurement] = []
  for (name, bytes) in [
    ("16 kB", 16 << 10), ("256 kB", 256 << 10), ("8 MB", 8 << 20), ("256 MB", 256 << 20),
  ] {
    results += [
      Measurement(
        name: "reading \(name)", value: await Bandwidth.reading(bytes) / 1e9, unit: "GB/s"),
      Measurement(
        name: "copying within \(name)", value: await Bandwidth.copying(bytes) / 1e9,
        unit: "GB/s read and written"),
    ]
  }
  results += [
    Measurement(
      name: "draw in which nobody fires", value: roofline.draw * 1e9, unit: "ns a neuron"),
    Measurement(
      name: "addition of a dense row", value: roofline.rowAddition * 1e9, unit: "ns an entry"),
    Measurement(
      name: "addition of a sparse row", value: roofline.scatter * 1e9, unit: "ns a synapse"),
  ]
  return Section(
    name: "roofline", title: "What the machine can do at best, on one thread",
    measurements: results)
}
