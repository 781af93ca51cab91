import Spiking
import SpikingTestCases
import Testing

/// Parameters of models, estimated from spikes by maximum likelihood.
@Suite struct ModelFitTests {
  /// About 40 Hz, and a refractory period that lets some spikes through.
  private var truth: BernoulliGLM {
    var model = BernoulliGLM()
    model.theta = 3
    model.relativeRefractoryStrength = -5
    return model
  }

  private var start: BernoulliGLM {
    var model = truth
    model.theta = 2.5
    model.alpha = 0.4
    model.r = 0.7
    model.beta = 0.8
    model.relativeRefractoryStrength = -3
    return model
  }

  private func networks(_ neurons: Int, count: Int = 1) throws -> [Connectivity] {
    try NormalGenerator(neurons: neurons, std: 4, glorot: true).networks(count: count, seed: 3)
  }

  @Test func `the parameters of BernoulliGLM are found, within their standard errors`()
    async throws
  {
    let networks = try networks(15)
    let names = ["theta", "alpha", "r", "beta", "relativeRefractoryStrength"]
    let expected = [3, 0.2, 1, 0.5, -5]
    var covered = [0, 0, 0, 0, 0]
    var sums = [0.0, 0, 0, 0, 0]
    let runs = 40
    for run in 0..<runs {
      let spikes = try await Simulator(truth).run(networks, steps: 6000, seed: UInt64(run))
      let fitted = try await ModelFitter().fit(names, of: start, to: spikes, networks: networks)
      #expect(fitted.hasConverged && fitted.reason == .gradient)
      for index in names.indices {
        let deviation = (fitted.values[index] - expected[index]) / fitted.standardErrors[index]
        sums[index] += deviation
        if abs(deviation) < 2 { covered[index] += 1 }
      }
    }
    // Of 40 at 95.4%, fewer than 33 come by chance once in 2600.
    for (name, count) in zip(names, covered) { #expect(count >= 33, "\(name)") }
    // A bias of half a standard error would show.
    for (name, sum) in zip(names, sums) {
      #expect(abs(sum) < 3.5 * Double(runs).squareRoot(), "\(name)")
    }
  }

  @Test func `all methods find the same maximum`() async throws {
    let networks = try networks(10)
    let spikes = try await Simulator(truth).run(networks, steps: 4000, seed: 1)
    let names = ["theta", "alpha", "r"]
    let reference = try await ModelFitter().fit(names, of: start, to: spikes, networks: networks)
    for method in [ModelFitter.Method.conjugateGradient, .steepestDescent, .simplex] {
      let other = try await ModelFitter(method: method).fit(
        names, of: start, to: spikes, networks: networks)
      #expect(other.hasConverged)
      for index in names.indices {
        let distance = abs(other.values[index] - reference.values[index])
        #expect(distance < 1e-3 * reference.standardErrors[index], "\(method)")
      }
      #expect(abs(other.logLikelihood - reference.logLikelihood) < 1e-6)
    }
    let one = try await ModelFitter().fit(["theta"], of: start, to: spikes, networks: networks)
    let brent = try await ModelFitter(method: .brent).fit(
      ["theta"], of: start, to: spikes, networks: networks)
    #expect(abs(one.values[0] - brent.values[0]) < 1e-3 * one.standardErrors[0])
    #expect(one.logLikelihood < reference.logLikelihood - 10)
  }

  @Test func `the number of threads changes no bit`() async throws {
    let networks = try networks(12, count: 3)
    let spikes = try await Simulator(truth).run(networks, steps: 1500, seed: 5)
    func fit(threads: Int) async throws -> FittedModel<BernoulliGLM> {
      try await ModelFitter().fit(
        ["theta", "r"], of: start, to: spikes, networks: networks,
        execution: .init(threads: threads))
    }
    let (alone, together) = (try await fit(threads: 1), try await fit(threads: 4))
    #expect(alone.values == together.values)
    #expect(alone.covariance == together.covariance)
    #expect(alone.logLikelihood == together.logLikelihood)
    #expect(alone.evaluations == together.evaluations)
  }

  @Test func `a rate alone is the mean count, and its error that of a Poisson count`() async throws
  {
    let network = try Connectivity(matrix: [0, 0, 0, 0], neuronCount: 2)
    var model = PoissonGLM()
    model.dt = 0.5
    model.alpha = 40
    let spikes = try await Simulator(model).run([network], steps: 5000, seed: 2)
    model.alpha = 15
    let fitted = try await ModelFitter().fit(
      ["alpha"], of: model, to: spikes, networks: [network], from: 0)
    let count = Double(spikes.spikeCount)
    let expected = 5000 * 2 * 0.5 / count
    #expect(abs(fitted.values[0] - expected) < 1e-7 * expected)
    #expect(
      abs(fitted.standardErrors[0] - expected / count.squareRoot()) < 1e-4
        * fitted.standardErrors[0])
    #expect(fitted.model.alpha == fitted.values[0] && fitted.initialValues == [15])
    #expect(fitted.observationCount == 10_000)
    #expect(abs(fitted.akaikeInformationCriterion - (2 - 2 * fitted.logLikelihood)) < 1e-9)
    let penalty = Elementary.logarithm(10_000)
    #expect(abs(fitted.bayesianInformationCriterion - (penalty - 2 * fitted.logLikelihood)) < 1e-9)
    let interval = fitted.intervals(level: 0.95)[0]
    #expect(
      abs(interval.upperBound - fitted.values[0] - 1.959964 * fitted.standardErrors[0]) < 1e-6)
    let found = try #require(fitted["alpha"])
    #expect(found.value == fitted.values[0] && fitted["beta"] == nil)
    #expect(fitted.logLikelihood > fitted.initialLogLikelihood)
  }

  @Test func `weights and parameters together`() async throws {
    let networks = try networks(8, count: 2)
    let spikes = try await Simulator(truth).run(networks, steps: 20_000, seed: 9)
    var model = truth
    model.theta = 2.5
    let flat = try networks.map { try $0.mapWeights { _, _, _ in 0.1 } }
    let fitted = try await ModelFitter().fit(
      ["theta", "weights"], of: model, to: spikes, networks: flat)
    #expect(fitted.hasConverged)
    var expected = [3.0]
    for network in networks { network.forEachSynapse { expected.append(Double($2)) } }
    #expect(fitted.values.count == expected.count && expected.count > 40)
    let covered = expected.indices.filter {
      abs(fitted.values[$0] - expected[$0]) < 2 * fitted.standardErrors[$0]
    }
    // Five standard deviations below 95.4%.
    let share = 0.954 * Double(expected.count)
    #expect(Double(covered.count) > share - 5 * (share * 0.046).squareRoot())
    #expect(
      fitted.names[1].hasPrefix("weights1[") && fitted.names.last?.hasPrefix("weights2[") == true)
    var last = 0.0
    fitted.networks[1].forEachSynapse { last = Double($2) }
    #expect(last == Double(Float(fitted.values[fitted.values.count - 1])))
  }

  @Test func `the parameters of a stimulus`() async throws {
    let networks = try networks(10)
    func stimulus(_ amplitude: Double) -> TargetedStimulus {
      TargetedStimulus(
        SinusoidStimulus(amplitude: amplitude, period: 100), targets: .everyNetwork([0, 1, 2, 3]))
    }
    let spikes = try await Simulator(truth).run(
      networks, steps: 5000, stimuli: [stimulus(1)], seed: 4)
    let fitted = try await ModelFitter().fit(
      ["stimulus.amplitude", "theta"], of: truth, to: spikes, networks: networks,
      stimuli: [stimulus(0.3)])
    #expect(fitted.hasConverged)
    for (index, expected) in [1.0, 3].enumerated() {
      #expect(abs(fitted.values[index] - expected) < 4 * fitted.standardErrors[index])
    }
    let amplitude = fitted.stimuli[0].stimulus.parameters.first { $0.name == "amplitude" }?.value
    #expect(amplitude == fitted.values[0])
  }

  /// A neuron that tires: each spike takes a fraction of what it fires by, which grows back.
  struct Tiring: LikelihoodModel {
    struct State: BlockState {
      let neurons: Range<Int>
      var strengths: [Double]

      mutating func visitMemory(_ visit: inout some MemoryVisitor) { visit(perNeuron: &strengths) }
    }

    var dt = 1.0
    var rest = 0.1
    var loss = 0.6
    var recovery = 30.0

    mutating func visitParameters(_ visit: inout some ParameterVisitor) {
      visit("dt", &dt, in: .positive)
      visit("rest", &rest, in: .fraction)
      visit("loss", &loss, in: .fraction)
      visit("recovery", &recovery, in: .positive)
    }

    func makeState(of network: Connectivity, neurons: Range<Int>) -> State {
      State(neurons: neurons, strengths: Array(repeating: 1, count: neurons.count))
    }

    private func recover(_ state: inout State) {
      for index in state.strengths.indices {
        state.strengths[index] += (1 - state.strengths[index]) * dt / (recovery + dt)
      }
    }

    func emit(
      _ state: inout State, input: BlockInput, bin: Int, random: RandomSource,
      into spikes: inout BinSpikes
    ) {
      recover(&state)
      for (index, neuron) in state.neurons.enumerated() {
        var stream = random.stream(neuron, at: bin)
        if stream.uniform() < rest * state.strengths[index] {
          spikes.append(neuron: neuron, count: 1)
        }
      }
    }

    func receive(_ spikes: BinSpikes, bin: Int, in state: inout State) {
      for neuron in spikes.neurons where state.neurons.contains(Int(neuron)) {
        state.strengths[Int(neuron) - state.neurons.lowerBound] *= 1 - loss
      }
    }

    func logLikelihood(
      of spikes: BinSpikes, in state: inout State, input: BlockInput, bin: Int
    ) -> Double {
      recover(&state)
      let fired = Set(spikes.neurons.map { Int($0) })
      return state.neurons.enumerated().reduce(0) { sum, neuron in
        let p = rest * state.strengths[neuron.offset]
        return sum
          + (fired.contains(neuron.element) ? Elementary.logarithm(p) : Elementary.log1p(-p))
      }
    }
  }

  @Test func `a model that is no cascade owes one method`() async throws {
    let network = try Connectivity(
      matrix: [Float](repeating: 0, count: 64), neuronCount: 8)
    let spikes = try await Simulator(Tiring()).run([network], steps: 10_000, seed: 6)
    var model = Tiring()
    model.rest = 0.05
    model.loss = 0.3
    model.recovery = 50
    let names = ["rest", "loss", "recovery"]
    let fitted = try await ModelFitter().fit(names, of: model, to: spikes, networks: [network])
    #expect(fitted.hasConverged)
    for (index, expected) in [0.1, 0.6, 30].enumerated() {
      #expect(abs(fitted.values[index] - expected) < 4 * fitted.standardErrors[index])
      #expect(fitted.standardErrors[index] < 0.2 * expected)
    }
    await #expect {
      try await ModelFitter().fit(["weights"], of: model, to: spikes, networks: try networks(8))
    } throws: { "\($0)".contains("Tiring does not give the derivatives") }
  }

  private func message(
    _ names: [String], _ model: some LikelihoodModel, _ spikes: BinnedSpikes,
    _ networks: [Connectivity], _ fitter: ModelFitter = ModelFitter()
  ) async -> String {
    do {
      _ = try await fitter.fit(names, of: model, to: spikes, networks: networks)
      return ""
    } catch { return "\(error)" }
  }

  @Test func `what cannot be fitted is named`() async throws {
    let networks = try networks(8)
    let spikes = try await Simulator(truth).run(networks, steps: 1500, seed: 7)
    for (names, expected) in [
      (["couplingWindow"], "what can be fitted: theta, alpha, absoluteRefractoryStrength"),
      (["dt"], "parameters: dt: found the width of the bins, expected what can be fitted: theta"),
      (["tau"], "no such parameter, expected some of theta"),
      (["theta", "theta"], "parameters: theta: is there twice"),
      ([], "parameters: found none"),
      (["absoluteRefractoryStrength"], "absoluteRefractoryStrength: no effect on the likelihood"),
      (["r", "weights"], "parameters: r, weights: not both can be found"),
    ] {
      #expect(await message(names, truth, spikes, networks).contains(expected), "\(names)")
    }
    var bound = truth
    bound.alpha = 0
    #expect(await message(["alpha"], bound, spikes, networks).contains("not at its bound"))
    let brent = await message(["theta", "r"], truth, spikes, networks, ModelFitter(method: .brent))
    #expect(brent.contains("expected a single parameter"))
    let poisson = await message(["alpha", "b"], PoissonGLM(), spikes, networks)
    #expect(poisson.contains("parameters: alpha, b: these spikes tell only a combination"))
    let large = try NormalGenerator(neurons: 60).networks(count: 1, seed: 0)
    let others = try await Simulator(truth).run(large, steps: 100, seed: 0)
    #expect(await message(["weights"], truth, others, large).contains("expected 1 to 1000"))
    let twice = try BinnedSpikes(
      neurons: [2], bins: [30], counts: [2], binCount: 100, dt: 1, networkOffsets: [0, 8], seed: nil
    )
    #expect(await message(["theta"], truth, twice, networks).contains("network 0, bin 30"))
  }

  @Test func `a fit can be cancelled`() async throws {
    let networks = try networks(10)
    let spikes = try await Simulator(truth).run(networks, steps: 20_000, seed: 1)
    let model = start
    let task = Task {
      try await ModelFitter(method: .simplex).fit(
        ["theta", "alpha", "r"], of: model, to: spikes, networks: networks)
    }
    try await Task.sleep(for: .milliseconds(30))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
