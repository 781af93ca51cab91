import Spiking

/// How time and memory grow with neurons, synapses, spikes and windows.
func measureGrowth() async throws -> [Section] {
  var results: [Measurement] = []
  var terms: [SIMD3<Double>] = []
  var times: [Double] = []
  for neurons in [1000, 4000, 16_000] {
    for fanOut in [100, 400] {
      let network = try network(neurons: neurons, fanOut: fanOut)
      let run = try await SimulationTime.measure(
        BernoulliGLM(), network, bins: 30_000_000 / (neurons * (1 + fanOut / 100)))
      let spikes = run.spikes
      let spikesABin = Double(spikes.spikeCount) / Double(spikes.binCount)
      let synapses = Double(network.synapseCount)
      terms.append(SIMD3(Double(neurons), spikesABin * synapses / Double(neurons), 1))
      times.append(run.seconds)
      let name = "\(neurons) neurons, \(fanOut) synapses each"
      results += [
        Measurement(name: name, value: run.seconds * 1e6, unit: "µs a bin"),
        Measurement(name: name, value: spikesABin, unit: "spikes a bin"),
        Measurement(
          name: name, value: Double(network.byteCount) / synapses, unit: "bytes a synapse"),
        Measurement(
          name: name, value: Double(spikes.byteCount) / Double(spikes.spikeCount),
          unit: "bytes a spike"),
      ]
    }
  }
  let fit = LeastSquares(terms: terms, values: times)
  let names = results.filter { $0.unit == "µs a bin" }.map(\.name)
  results += zip(names, fit.ratios).map {
    Measurement(name: $0, value: ($1 - 1) * 100, unit: "% too long in the fit")
  }
  let coefficients = [
    Measurement(name: "for a neuron", value: fit.coefficients.x * 1e9, unit: "ns"),
    Measurement(name: "for a spike at a synapse", value: fit.coefficients.y * 1e9, unit: "ns"),
    Measurement(name: "for a bin", value: fit.coefficients.z * 1e9, unit: "ns"),
    Measurement(
      name: "largest deviation", value: (fit.ratios.map { abs($0 - 1) }.max() ?? 0) * 100,
      unit: "%"),
  ]
  return [
    Section(name: "growth", title: "Growth of BernoulliGLM, one thread", measurements: results),
    Section(
      name: "growth, fit", title: "The same as a sum: time of a bin", measurements: coefficients),
    Section(
      name: "windows", title: "Long windows of the coupling filter",
      measurements: try await windows()),
  ]
}

/// Windows of 200 bins against those of the models.
private func windows() async throws -> [Measurement] {
  var results: [Measurement] = []
  for neurons in [500, 4000] {
    let network = try network(neurons: neurons, fanOut: 100)
    func time(_ model: some SpikingModel) async throws -> Double {
      try await SimulationTime.measure(model, network, bins: 30_000_000 / neurons).seconds * 1e6
    }
    var (bernoulli, poisson) = (BernoulliGLM(), ReferenceNetwork.poisson)
    let short = (try await time(bernoulli), try await time(poisson))
    bernoulli.couplingWindow = 200
    poisson.couplingWindow = 200
    let long = (try await time(bernoulli), try await time(poisson))
    for (name, short, long) in [
      ("BernoulliGLM, 200 bins against 5", short.0, long.0),
      ("PoissonGLM, 200 bins against 20", short.1, long.1),
    ] {
      let name = "\(neurons) neurons, \(name)"
      results += [
        Measurement(name: name, value: short, unit: "µs, short"),
        Measurement(name: name, value: long, unit: "µs, long"),
        Measurement(name: name, value: long / short, unit: "times as long"),
      ]
    }
  }
  return results
}

private func network(neurons: Int, fanOut: Int) throws -> Connectivity {
  try NormalGenerator(
    neurons: neurons, std: 5, sparsity: 1 - Double(fanOut) / Double(neurons - 1), glorot: true
  ).connectivity(random: RandomSource(seed: 0))
}

extension SpikeTrains {
  /// What the events occupy.
  fileprivate var byteCount: Int {
    4 * (neurons.count + bins.count) + 2 * counts.count
  }
}
