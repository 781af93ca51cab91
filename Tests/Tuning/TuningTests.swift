import Spiking
import SpikingTestCases
import Testing

/// Parameters that make networks fire at a given rate.
@Suite struct TuningTests {
  /// Das and Fiete (bioRxiv 512053): 24 rings of 100 neurons at 62.5 Hz.
  @Test func `the threshold of a rectified model on Mexican-hat rings`() async throws {
    var model = RectifiedLNP()
    for (name, value) in [
      ("lambda0", 100), ("couplingWindow", 20), ("tau", 10), ("dt", 0.1), ("r", 0.0025),
      ("b", 0.001),
      ("theta", 0),
    ] { try model.setParameter(name, to: value) }
    let networks = try MexicanHatGenerator(neurons: 100, a: 1.0015, sigma1: 6.98, sigma2: 7)
      .networks(count: 24, seed: 0)
    let tuned = try await RateTuner(targetRate: 62.5).tune(
      ["theta"], of: model, networks: networks, seed: 1)
    #expect(abs(tuned.rate.rate - 62.5) < 0.625)
    #expect(tuned.rate.standardError <= 0.004 * 62.5)
    #expect(tuned.hasReachedTarget)
    #expect(tuned.model.theta == tuned.values[0] && tuned.values[0] != 0)
    #expect(abs(tuned.initialRate.rate - 62.5) > 2)
    // A run of its own, of other random numbers, at those parameters.
    let again = RateEstimate(
      try await Simulator(tuned.model).run(networks, steps: 20_000, seed: 99))
    #expect(abs(again.rate - 62.5) < 0.625)
  }

  /// Spikeometric's tutorial on tuning a stimulus.
  @Test func `amplitude, phase and baseline of a sinusoid on a quarter of the neurons`()
    async throws
  {
    let networks = try NormalGenerator(neurons: 20, std: 5, glorot: true).networks(
      count: 10, seed: 3)
    let stimulus = TargetedStimulus(
      SinusoidStimulus(amplitude: 1, period: 100), targets: .everyNetwork([0, 1, 2, 3, 4]))
    let names = ["stimulus.amplitude", "stimulus.phase", "stimulus.baseline"]
    let tuned = try await RateTuner(targetRate: 10).tune(
      names, of: BernoulliGLM(), networks: networks, stimuli: [stimulus], seed: 4)
    #expect(tuned.hasReachedTarget)
    #expect(abs(tuned.rate.rate - 10) < 0.1)
    #expect(tuned.rate.standardError <= 0.04)
    let parameters = tuned.stimuli[0].stimulus.parameters
    #expect(
      names.map { name in parameters.first { "stimulus.\($0.name)" == name }?.value }
        == tuned.values)
    #expect(tuned.model == BernoulliGLM())
    #expect(tuned.values != tuned.initialValues)
  }

  @Test func `bounds are kept, and rates out of reach are an error that says what is in reach`()
    async throws
  {
    var model = BernoulliGLM()
    model.theta = 3
    let network = try Connectivity(matrix: [0, 0, 0, 0], neuronCount: 2)
    // dt is at most 1: σ(−3) spikes per ms there, and no more.
    let error = await #expect(throws: SpikingError.self) {
      try await RateTuner(targetRate: 900, steps: 500).tune(
        ["dt"], of: model, networks: [network], seed: 0)
    }
    #expect(error?.description.contains("dt: found") == true)
    // A search that starts on a bound stays within.
    model.beta = 0
    let tuned = try await RateTuner(targetRate: 37, relativeError: 0.02).tune(
      ["beta", "theta"], of: model, networks: [network], seed: 0)
    #expect(tuned.hasReachedTarget && abs(tuned.rate.rate - 37) < 4 * 0.02 * 37)
    #expect(tuned.model.beta >= 0 && tuned.values != tuned.initialValues)
  }

  @Test func `several parameters of very different sizes reach their target`() async throws {
    let networks = try NormalGenerator(neurons: 50, std: 0.5, glorot: true).networks(
      count: 4, seed: 1)
    let tuned = try await RateTuner(targetRate: 5, relativeError: 0.02).tune(
      ["theta", "lambda0"], of: RectifiedLNP(), networks: networks, seed: 1)
    #expect(tuned.hasReachedTarget && abs(tuned.rate.rate - 5) < 4 * 0.02 * 5)
  }

  @Test func `a given length is repeated, so that a stimulus that ends keeps its effect`()
    async throws
  {
    let network = try Connectivity(
      offsets: [Int](repeating: 0, count: 21), targets: [], weights: [])
    let pulse = TargetedStimulus(RegularStimulus(strength: 1, period: 1e6, duration: 200))
    let tuned = try await RateTuner(targetRate: 30, relativeError: 0.02, steps: 400).tune(
      ["stimulus.strength"], of: BernoulliGLM(), networks: [network], stimuli: [pulse], seed: 1)
    #expect(tuned.hasReachedTarget && tuned.steps == 400 && tuned.repetitions > 10)
    // Half of the time at the resting rate of some 6 Hz, half at the other one, without couplings.
    let longer = try await Simulator(BernoulliGLM()).run(
      [network], steps: 400 * 100, stimuli: tuned.stimuli, seed: 5)
    #expect(RateEstimate(longer).rate < 10)
  }

  @Test func `runs without a spike are too short to tell, not exact`() async throws {
    let network = try Connectivity(matrix: [0, 0, 0, 0], neuronCount: 2)
    var model = BernoulliGLM()
    model.theta = 12
    // 2 neurons for 2 s are expected to fire 0.2 times.
    let tuned = try await RateTuner(targetRate: 0.05, relativeError: 0.1).tune(
      ["theta"], of: model, networks: [network], seed: 1)
    #expect(tuned.hasReachedTarget && tuned.steps > 100_000)
    // 1000 σ(−θ) = 0.05 Hz.
    #expect(abs(tuned.model.theta - 9.90) < 0.5)
    let silent = try await Simulator(model).run([network], steps: 10, seed: 0)
    #expect(RateEstimate(silent) == RateEstimate(rate: 0, standardError: 50))
  }

  @Test func `the same seed tunes alike, on any number of threads`() async throws {
    let networks = try NormalGenerator(neurons: 30, std: 3, glorot: true).networks(
      count: 3, seed: 0)
    let tuner = RateTuner(targetRate: 20, relativeError: 0.03)
    let one = try await tuner.tune(
      ["theta"], of: BernoulliGLM(), networks: networks, seed: 5, execution: .init(threads: 1))
    let two = try await tuner.tune(
      ["theta"], of: BernoulliGLM(), networks: networks, seed: 5, execution: .init(threads: 2))
    #expect(one.values == two.values && one.rate == two.rate && one.runs == two.runs)
    let other = try await tuner.tune(["theta"], of: BernoulliGLM(), networks: networks, seed: 6)
    #expect(one.values != other.values)
  }

  @Test func `excitation without bounds is a rate that is too high, not the end`() async throws {
    var model = PoissonGLM()
    model.r = 1
    let network = try NormalGenerator(
      neurons: 40, mean: 1, std: 0.1, sparsity: 0.5, excitatoryFraction: 1
    ).network(0, seed: 0)
    let tuned = try await RateTuner(targetRate: 12, relativeError: 0.03).tune(
      ["r"], of: model, networks: [network], seed: 1)
    #expect(tuned.initialRate.rate > 1000)
    // Mean field: ln(12/10) = r · 19.5 synapses · Σ e^{−k/5} ms · 0.012 spikes per ms, r = 0.144.
    #expect(tuned.hasReachedTarget && abs(tuned.model.r - 0.144) < 0.03)
  }

  @Test func `wrong names and settings are errors that name them`() async throws {
    let network = try Connectivity(matrix: [0, 0, 0, 0], neuronCount: 2)
    func message(_ names: [String], _ tuner: RateTuner) async -> String {
      do {
        _ = try await tuner.tune(names, of: BernoulliGLM(), networks: [network], seed: 0)
        return ""
      } catch { return "\(error)" }
    }
    let tuner = RateTuner(targetRate: 10)
    #expect(
      await message(["thta"], tuner).contains("thta: no such parameter, expected some of theta"))
    #expect(await message(["couplingWindow"], tuner).contains("a whole number"))
    #expect(await message(["theta", "theta"], tuner).contains("twice"))
    #expect(await message([], tuner).contains("at least one"))
    #expect(await message(["stimulus.strength"], tuner).contains("no such parameter"))
    #expect(await message(["theta"], RateTuner(targetRate: -1)).contains("targetRate: found -1"))
    #expect(await message(["theta"], RateTuner(targetRate: 2000)).contains("below 2000"))
    #expect(
      await message(["theta"], RateTuner(targetRate: 1, relativeError: 0)).contains("relativeError")
    )
    #expect(await message(["theta"], RateTuner(targetRate: 1, steps: 0)).contains("steps"))
  }

  @Test func `a tuning that is cancelled ends`() async throws {
    let networks = try NormalGenerator(neurons: 50, std: 3, glorot: true).networks(
      count: 4, seed: 0)
    let task = Task {
      try await RateTuner(targetRate: 20, relativeError: 1e-6).tune(
        ["theta"], of: BernoulliGLM(), networks: networks, seed: 5)
    }
    try await Task.sleep(for: .milliseconds(200))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `the standard error is that of repeated runs`() async throws {
    let network = try NormalGenerator(neurons: 20, std: 5, glorot: true).network(0, seed: 3)
    var rates: [Double] = []
    var errors: [Double] = []
    for seed in 0..<100 {
      let estimate = RateEstimate(
        try await Simulator(BernoulliGLM()).run([network], steps: 10_000, seed: UInt64(seed)))
      rates.append(estimate.rate)
      errors.append(estimate.standardError)
    }
    let deviation = meanAndError(rates).error * 10
    // The standard deviation of 100 runs is known to 7%; four times that.
    let ratio = errors.reduce(0, +) / 100 / deviation
    #expect(abs(ratio - 1) < 0.28)
  }

  @Test func `roots and simplex minima are where they are known to be`() throws {
    let root = try #require(BrentRootFinder().root(of: { $0 * $0 * $0 - 2 }, in: 0...3))
    #expect(abs(root.position - 1.2599210498948732) < 1e-7 && root.hasConverged)
    #expect(BrentRootFinder().root(of: { $0 * $0 + 1 }, in: -1...1) == nil)
    let early = try #require(
      BrentRootFinder().root(of: { $0 - 0.3 }, in: -1...1, isAccepted: { abs($0) < 0.5 }))
    #expect(early.hasConverged && abs(early.value) < 0.5 && early.iterations <= 1)
    #expect(BrentRootFinder().root(of: { _ in .nan }, in: 0...1) == nil)
    // Rosenbrock's valley.
    func valley(_ x: [Double]) -> Double {
      let (bend, rest) = (x[1] - x[0] * x[0], 1 - x[0])
      return 100 * bend * bend + rest * rest
    }
    let minimum = try #require(
      SimplexMinimizer().minimize(valley, from: [-1.2, 1], steps: [0.5, 0.5]))
    #expect(minimum.hasConverged && abs(minimum.position[0] - 1) < 1e-6)
    #expect(abs(minimum.position[1] - 1) < 1e-6 && minimum.value < 1e-12)
    #expect(SimplexMinimizer().minimize({ _ in .nan }, from: [1], steps: [1]) == nil)
  }
}
