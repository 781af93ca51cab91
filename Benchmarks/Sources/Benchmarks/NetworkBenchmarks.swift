import Spiking

/// Whole simulations of one network on one thread, and of large ones divided among two.
func measureNetworks() async throws -> Section {
  var results: [Measurement] = []
  for reference in ReferenceNetwork.all {
    Machine.forgetPeakMemory()
    let network = try reference.network()
    results += try await runs(of: BernoulliGLM(), in: network, reference, aim: reference.aim)
    results += try await runs(of: ReferenceNetwork.poisson, in: network, reference, aim: nil)
  }
  return Section(
    name: "networks", title: "Simulations of one network, on one thread and on two",
    measurements: results)
}

private func runs(
  of model: some CascadeModel, in network: Connectivity, _ reference: ReferenceNetwork, aim: Double?
) async throws -> [Measurement] {
  let one = try await SimulationTime.measure(model, network, bins: reference.bins)
  let bin = one.seconds * 1e6
  var columns: [(unit: String, value: Double?)] = [
    ("synapses", Double(network.synapseCount)),
    ("Hz", one.rate),
    ("µs a bin", bin),
    ("aim, µs", aim),
    ("bin / aim", aim.map { bin / $0 }),
    ("ns a neuron-step", bin / Double(reference.neurons) * 1e3),
  ]
  if reference.neurons >= 5000 {
    let two = try await SimulationTime.measure(model, network, bins: reference.bins, threads: 2)
    columns += [
      ("µs on 2 threads", two.seconds * 1e6), ("times as fast", one.seconds / two.seconds),
    ]
  }
  columns.append(("MB at the peak", Machine.peakMemory.map { $0 / 1e6 }))
  return columns.compactMap { unit, value in
    value.map { Measurement(name: reference.name(with: model), value: $0, unit: unit) }
  }
}
