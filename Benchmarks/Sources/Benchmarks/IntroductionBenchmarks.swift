import Spiking

/// The introductory example's simulation: 10 networks of 50 neurons, 100 000 bins, 5 × 10⁷
/// neuron-steps.
func measureIntroduction() async throws -> Section {
  let networks = try NormalGenerator(neurons: 50, std: 5, glorot: true).networks(count: 10, seed: 0)
  let pulses = TargetedStimulus(
    RegularStimulus(strength: 5, period: 100, duration: 10), targets: .everyNetwork([0, 1, 2, 3]))
  var results: [Measurement] = []
  for threads in [1, 2] {
    let seconds = try await medianSeconds {
      _ = try await Simulator(BernoulliGLM()).run(
        networks, steps: 100_000, stimuli: [pulses], seed: 0, execution: .init(threads: threads))
    }
    results.append(Measurement(name: "threads: \(threads)", value: seconds, unit: "s"))
  }
  let ratio = results[0].value / results[1].value
  results.append(Measurement(name: "two threads against one", value: ratio, unit: "times"))
  return Section(
    name: "introduction", title: "The introductory example, 5 × 10⁷ neuron-steps",
    measurements: results)
}
