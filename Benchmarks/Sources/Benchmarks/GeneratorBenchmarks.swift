import Spiking

/// Large sparse networks: time goes with the synapses, and two threads share them.
func measureGenerators() async throws -> Section {
  var measurements: [Measurement] = []
  for (neurons, degree) in [(20_000, 1000), (100_000, 1000)] {
    let graph = ErdosRenyiGenerator(
      neurons: neurons, probability: Double(degree) / Double(neurons - 1))
    let inputs = FixedInDegreeGenerator(neurons: neurons, degree: degree)
    let lattice = WattsStrogatzGenerator(neurons: neurons, degree: degree, rewiring: 0.1)
    let weights = LogNormalWeights(mu: -2, sigma: 1)
    measurements += try await measure("Erdős–Rényi", graph, neurons)
    measurements += try await measure("Erdős–Rényi, log-normal", graph.weighted(weights), neurons)
    measurements += try await measure("fixed in-degree", inputs, neurons)
    measurements += try await measure("Watts–Strogatz", lattice, neurons)
  }
  return Section(
    name: "generators", title: "Networks of 1000 synapses a neuron, made on one thread and on two",
    measurements: measurements)
}

private func measure(
  _ name: String, _ generator: some ConnectivityGenerator, _ neurons: Int
) async throws -> [Measurement] {
  var synapses = 0
  var times: [Double] = []
  for threads in [1, 2] {
    times.append(
      try await seconds {
        synapses = try generator.network(0, seed: 1, threads: threads).synapseCount
      })
  }
  let title = "\(name), \(neurons) neurons"
  return [
    Measurement(name: title, value: times[0] / Double(synapses) * 1e9, unit: "ns a synapse"),
    Measurement(name: title, value: times[1] / Double(synapses) * 1e9, unit: "on 2 threads"),
    Measurement(name: title, value: times[0] / times[1], unit: "ratio"),
    Measurement(name: title, value: times[1], unit: "seconds"),
  ]
}
