import Spiking

/// How time and memory of `BernoulliGLM` grow with neurons, synapses and spikes: a bin of a number of
/// neurons and of synapses of each, and the sum a · neurons + b · spikes · synapses of each.
func measureGrowth() async throws -> [Section] {
  var points: [GrowthPoint] = []
  for neurons in [1000, 4000, 16_000] {
    for fanOut in [100, 400] {
      points.append(try GrowthPoint(neurons: neurons, fanOut: fanOut))
    }
  }
  // Round by round, so that other processes slow all points alike.
  for _ in 0..<9 {
    for index in points.indices { try await points[index].measure() }
  }
  let fit = LeastSquares(terms: points.map(\.terms), values: points.map(\.seconds))
  var results: [Measurement] = []
  for (point, ratio) in zip(points, fit.ratios) {
    for (unit, value) in [
      ("µs a bin", point.seconds * 1e6), ("fit, µs", point.seconds * ratio * 1e6),
      ("deviation, %", (ratio - 1) * 100), ("spikes a bin", point.spikesABin),
      ("bytes a synapse", point.bytesASynapse), ("bytes a spike", point.bytesASpike),
    ] {
      results.append(Measurement(name: point.name, value: value, unit: unit))
    }
  }
  let largest = fit.ratios.map { abs($0 - 1) }.max() ?? 0
  return [
    Section(
      name: "growth", title: "Growth of time and memory of BernoulliGLM, on one thread",
      measurements: results),
    Section(
      name: "growth, fit", title: "The fit: time of a bin",
      measurements: [
        Measurement(name: "a neuron", value: fit.factors.x * 1e9, unit: "ns"),
        Measurement(name: "a spike at a synapse", value: fit.factors.y * 1e9, unit: "ns"),
        Measurement(name: "largest deviation", value: largest * 100, unit: "%"),
      ]),
  ]
}

/// A network of a size and a density, and what its simulation took so far.
private struct GrowthPoint {
  private let neurons: Int
  private let fanOut: Int
  private let network: Connectivity
  private var runs: [SimulationTime] = []

  init(neurons: Int, fanOut: Int) throws {
    self.neurons = neurons
    self.fanOut = fanOut
    network = try ReferenceNetwork.network(neurons: neurons, fanOut: fanOut)
  }

  mutating func measure() async throws {
    let bins = 60_000_000 / (neurons * (2 + fanOut / 100))
    runs.append(
      try await SimulationTime.measure(BernoulliGLM(), network, bins: bins, pairs: 1))
  }

  var name: String { "\(neurons) neurons, \(fanOut) synapses each" }
  var seconds: Double { median(of: runs.map(\.seconds)) }
  private var spikes: BinnedSpikes { runs[0].spikes }

  var spikesABin: Double { Double(spikes.spikeCount) / Double(spikes.binCount) }

  /// What the time is a weighted sum of.
  var terms: SIMD2<Double> {
    SIMD2(Double(neurons), spikesABin * Double(network.synapseCount) / Double(neurons))
  }

  var bytesASynapse: Double { Double(network.byteCount) / Double(network.synapseCount) }

  var bytesASpike: Double {
    let bytes = 4 * (spikes.neurons.count + spikes.bins.count) + 2 * spikes.counts.count
    return Double(bytes) / Double(spikes.spikeCount)
  }
}
