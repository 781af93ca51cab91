import Spiking

/// The introductory example's simulation: 10 networks of 50 neurons, 100 000 bins, 5 × 10⁷
/// neuron-steps.
func measureIntroduction() async throws -> [Measurement] {
  let networks = try NormalGenerator(neurons: 50, std: 5, glorot: true).networks(count: 10, seed: 0)
  let pulses = TargetedStimulus(
    RegularStimulus(strength: 5, period: 100, duration: 10), targets: .everyNetwork([0, 1, 2, 3]))
  var results: [Measurement] = []
  for threads in [1, 2] {
    let seconds = try await medianSeconds {
      _ = try await Simulator(BernoulliGLM()).run(
        networks, steps: 100_000, stimuli: [pulses], seed: 0, threads: threads)
    }
    results.append(
      Measurement(name: "introductory example, threads \(threads)", value: seconds, unit: "s"))
  }
  let ratio = results[0].value / results[1].value
  return results + [Measurement(name: "two threads against one", value: ratio, unit: "times")]
}

/// One network of each size: time a bin, and a neuron-step; large ones also divided among two threads.
func measureNetworks() async throws -> [Measurement] {
  var results: [Measurement] = []
  for (neurons, sparsity, steps) in [
    (50, 0.75, 400_000), (500, 0.75, 40_000), (1000, 0.75, 20_000), (5000, 0.9, 4000),
    (20_000, 0.98, 1000),
  ] {
    let networks = try NormalGenerator(
      neurons: neurons, std: 5, sparsity: sparsity, glorot: true
    ).networks(count: 1, seed: 0)
    func seconds(threads: Int) async throws -> Double {
      try await medianSeconds(runs: 3) {
        _ = try await Simulator(BernoulliGLM()).run(
          networks, steps: steps, seed: 0, threads: threads)
      }
    }
    let one = try await seconds(threads: 1)
    let name = "\(neurons) neurons, \(networks[0].synapseCount) synapses"
    results += [
      Measurement(name: name, value: one / Double(steps) * 1e6, unit: "µs a bin"),
      Measurement(
        name: name, value: one / Double(steps * neurons) * 1e9, unit: "ns a neuron-step"),
    ]
    if neurons >= 5000 {
      let gain = one / (try await seconds(threads: 2))
      results.append(Measurement(name: name, value: gain, unit: "times with two threads"))
    }
  }
  return results
}
