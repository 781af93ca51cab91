import Spiking
import SpikingTestCases
import Testing

/// Fitted networks in the simulator.
@Suite struct CoupledGLMTests {
  private let model = BernoulliGLM()

  private func network() throws -> Connectivity {
    try NormalGenerator(neurons: 20, std: 5, glorot: true).networks(count: 1, seed: 4)[0]
  }

  /// The same as `model` in a network, with a filter for every pair.
  private func coupled(_ network: Connectivity, window: Int = 10) throws -> CoupledGLM {
    let (own, coupling) = (model.historyFilter.taps(dt: 1), model.coupling.taps(dt: 1))
    let filters = (0..<20).flatMap { source in
      (0..<20).flatMap { target in
        (0..<window).map { lag in
          let synapse = lag < coupling.count ? Double(network[source, target]) * coupling[lag] : 0
          return synapse + (source == target && lag < own.count ? own[lag] : 0)
        }
      }
    }
    return try CoupledGLM(
      model.nonlinearity, model.emission, dt: 1, baselines: Array(repeating: 0, count: 20),
      filters: filters, window: window)
  }

  @Test func `a filter for each pair makes the spikes of the model that it describes`() async throws
  {
    let network = try network()
    let coupled = try coupled(network)
    let expected = try await Simulator(model).run([network], steps: 20_000, seed: 5)
    let found = try await Simulator(coupled).run([coupled.network()], steps: 20_000, seed: 5)
    #expect(expected.spikeCount > 1000)
    #expect(found.neurons == expected.neurons && found.bins == expected.bins)
  }

  @Test func `a run goes on where a checkpoint left it`() async throws {
    let coupled = try coupled(network())
    let networks = [try coupled.network()]
    let whole = try await Simulator(coupled).run(networks, steps: 3000, seed: 6)
    var first = try Simulator(coupled).start(networks, seed: 6)
    let before = try await first.advance(to: 1234)
    var second = try Simulator(coupled).resume(networks, from: first.checkpoint())
    let after = try await second.advance(to: 3000)
    #expect(before.neurons + after.neurons == whole.neurons)
    #expect(before.bins + after.bins == whole.bins)
  }

  @Test func `weights of the network cut and scale synapses`() async throws {
    let coupled = try coupled(network())
    let silent = try Connectivity(
      matrix: Array(repeating: 0, count: 400), neuronCount: 20)
    let cut = try await Simulator(coupled).run([silent], steps: 50_000, seed: 7)
    let uncoupled = try await Simulator(model).run([silent], steps: 50_000, seed: 7)
    #expect(cut.neurons == uncoupled.neurons && cut.bins == uncoupled.bins)
  }

  @Test func `the parameters of the parts are the model's`() throws {
    var coupled = try coupled(network())
    let names = coupled.parameters.prefix(3).map(\.name)
    #expect(names == ["dt", "nonlinearity.threshold", "nonlinearity.gain"])
    try coupled.setParameter("nonlinearity.threshold", to: 1.5)
    #expect((coupled.nonlinearity as? Sigmoid)?.threshold == 1.5)
  }

  /// What is fitted by blocks of bins, and what the simulator's state says bin by bin.
  @Test func `the log-likelihood of a recording is that of its fit`() async throws {
    func check(
      _ fitter: CoupledFitter<some Nonlinearity, some Emission>, _ spikes: BinnedSpikes
    ) async throws {
      let fit = try await fitter.fit(spikes)
      let fitted = try fit.model()
      let found = try await fitted.logLikelihood(of: spikes, networks: [fitted.network()])
      #expect(abs(found - fit.logLikelihood) < 1e-10 * abs(found))
      #expect(found > fit.neurons.reduce(0) { $0 + $1.nullLogLikelihood } + 100)
    }
    let spikes = try await Simulator(model).run([network()], steps: 20_000, seed: 10)
    var bernoulli = CoupledFitter(
      Sigmoid(), BernoulliEmission(), history: IdentityBasis(window: 10),
      coupling: FilterBasis(model.coupling, window: 5, dt: 1))
    bernoulli.penalty.ridge = 1e-6
    try await check(bernoulli, spikes)
    // Counts above 1, and own spikes through the basis of the others.
    var wide = PoissonGLM()
    (wide.dt, wide.b, wide.r) = (5, 2, 0.05)
    let counts = try await Simulator(wide).run([network()], steps: 4000, seed: 11)
    #expect(counts.counts.contains { $0 > 1 })
    var poisson = CoupledFitter(coupling: RaisedCosineLogBasis(count: 3, window: 8))
    poisson.penalty.ridge = 1e-4
    try await check(poisson, counts)
  }

  @Test func `networks of another size and filters of another length are errors`() throws {
    let coupled = try coupled(network())
    #expect(throws: SpikingError.self) {
      try Simulator(coupled).start([Connectivity(matrix: [0, 1, 1, 0], neuronCount: 2)], seed: 0)
    }
    #expect(throws: SpikingError.self) {
      try CoupledGLM(
        Exponential(), PoissonEmission(), dt: 1, baselines: [0, 0], filters: [1], window: 3)
    }
  }

  @Test func `a fitted network fires as the one that it was fitted to`() async throws {
    let spikes = try await Simulator(model).run([network()], steps: 200_000, seed: 8)
    var fitter = CoupledFitter(
      Sigmoid(), BernoulliEmission(), history: IdentityBasis(window: 10),
      coupling: FilterBasis(model.coupling, window: 5, dt: 1))
    fitter.penalty.ridge = 1e-6
    let fit = try await fitter.fit(spikes)
    let fitted = try fit.model()
    #expect(try fit.stability().linearResponse < 1)
    let again = try await Simulator(fitted).run([fitted.network()], steps: 200_000, seed: 9)
    for neuron in 0..<20 {
      let counts = [spikes, again].map { Double($0.spikeTrains[neuron].count) }
      // Refractory neurons vary less than Poisson ones; twice, as the fit varies as well.
      #expect(abs(counts[0] - counts[1]) < 4 * (2 * (counts[0] + counts[1])).squareRoot())
    }
  }
}
