import Spiking

/// Windows of the coupling filter of 200 bins against those of the models: the filter is a recursion,
/// so that a bin takes as long.
///
/// At the models' own decays nothing is left of a spike after 200 bins, and its arrivals need not be
/// remembered. At slow ones they are: the synapses then have no effect, so that windows alone differ.
func measureWindows() async throws -> Section {
  var (bernoulli, poisson) = (BernoulliGLM(), ReferenceNetwork.poisson)
  bernoulli.couplingWindow = 200
  poisson.couplingWindow = 200
  var slow = BernoulliGLM()
  slow.alpha = 0.02
  slow.r = 0
  var slowAndLong = slow
  slowAndLong.couplingWindow = 200
  var results: [Measurement] = []
  for neurons in [500, 4000] {
    let network = try ReferenceNetwork.network(neurons: neurons, fanOut: 100)
    results += try await comparison(
      "\(neurons) neurons, BernoulliGLM, 5 bins", BernoulliGLM(), bernoulli, network)
    results += try await comparison(
      "\(neurons) neurons, PoissonGLM, 20 bins", ReferenceNetwork.poisson, poisson, network)
    results += try await comparison(
      "\(neurons) neurons, BernoulliGLM, slow decay, 5 bins", slow, slowAndLong, network)
  }
  return Section(
    name: "windows", title: "A window of 200 bins against the model's own", measurements: results)
}

private func comparison(
  _ name: String, _ short: some SpikingModel, _ long: some SpikingModel, _ network: Connectivity
) async throws -> [Measurement] {
  var times: [(short: Double, long: Double)] = []
  let bins = 30_000_000 / network.neuronCount
  for _ in 0..<7 {
    times.append(
      (
        try await SimulationTime.measure(short, network, bins: bins, pairs: 1).seconds,
        try await SimulationTime.measure(long, network, bins: bins, pairs: 1).seconds
      ))
  }
  return [
    Measurement(name: name, value: median(of: times.map(\.short)) * 1e6, unit: "µs a bin"),
    Measurement(name: name, value: median(of: times.map(\.long)) * 1e6, unit: "µs, 200 bins"),
    Measurement(
      name: name, value: median(of: times.map { $0.long / $0.short }), unit: "times as long"),
  ]
}
