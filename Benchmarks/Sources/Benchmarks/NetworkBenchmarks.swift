import Spiking

/// Whole simulations of one network on one thread, and of large ones divided among two.
func measureNetworks() async throws -> Section {
  var results: [Measurement] = []
  for reference in ReferenceNetwork.all {
    Machine.forgetPeakMemory()
    let network = try reference.network()
    for model in ReferenceNetwork.models {
      let name = reference.name(with: model)
      let one = try await SimulationTime.measure(model, network, bins: reference.bins)
      func add(_ value: Double?, _ unit: String) {
        if let value { results.append(Measurement(name: name, value: value, unit: unit)) }
      }
      let bin = one.seconds * 1e6
      let aim = model is BernoulliGLM ? reference.aim : nil
      add(Double(network.synapseCount), "synapses")
      add(one.rate, "Hz")
      add(bin, "µs a bin")
      add(aim, "µs aimed at")
      add(aim.map { bin / $0 }, "of the aim")
      add(bin / Double(reference.neurons) * 1e3, "ns a neuron-step")
      add(Machine.peakMemory.map { $0 / 1e6 }, "MB at the peak")
      if reference.neurons >= 5000 {
        let two = try await SimulationTime.measure(
          model, network, bins: reference.bins, threads: 2)
        add(two.seconds * 1e6, "µs on 2 threads")
        add(one.seconds / two.seconds, "times as fast")
      }
    }
  }
  return Section(
    name: "networks", title: "Simulations of one network, on one thread and on two",
    measurements: results)
}
