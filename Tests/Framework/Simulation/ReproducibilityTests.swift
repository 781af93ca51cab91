import Spiking
import SpikingTestCases
import Testing

/// The same seed gives the same spikes, whatever runs beside a network and on however many threads.
@Suite struct ReproducibilityTests {
  private let pulses = RegularStimulus(strength: 4, period: 20, duration: 5)

  private func networks() throws -> [Connectivity] {
    try NormalGenerator(neurons: 30, std: 5, glorot: true).networks(count: 6, seed: 9)
  }

  private func run(
    _ networks: [Connectivity], seed: UInt64 = 5, threads: Int? = nil, equilibration: Int = 50
  ) async throws -> BinnedSpikes {
    try await Simulator(BernoulliGLM()).run(
      networks, steps: 2000, equilibration: equilibration,
      stimuli: [TargetedStimulus(pulses, targets: .everyNetwork([2, 11]))], seed: seed,
      execution: .init(threads: threads))
  }

  @Test func `the number of threads does not matter`() async throws {
    let one = try await run(networks(), threads: 1)
    #expect(one.eventCount > 1000)
    for threads in [2, 8] { #expect(try await run(networks(), threads: threads) == one) }
  }

  @Test func `dividing a large network among threads does not matter`() async throws {
    let pulses = TargetedStimulus(self.pulses, targets: .everyNetwork([5, 1500, 8999]))
    for (neurons, sparsity) in [(9000, 0.99), (1024 * 2, 0.5)] {
      let network = try NormalGenerator(
        neurons: neurons, std: 5, sparsity: sparsity, glorot: true
      ).networks(count: 1, seed: 2)
      let targets = neurons == 9000 ? [pulses] : []
      func run(_ threads: Int) async throws -> BinnedSpikes {
        try await Simulator(BernoulliGLM()).run(
          network, steps: 400, stimuli: targets, seed: 3, execution: .init(threads: threads))
      }
      let one = try await run(1)
      #expect(one.eventCount > 5 * neurons / 2)
      for threads in [2, 3, 8] { #expect(try await run(threads) == one) }
    }
  }

  @Test func `a network that runs away stops all its threads`() async throws {
    var model = PoissonGLM()
    model.r = 100
    let network = try NormalGenerator(
      neurons: 3000, sparsity: 0.95, excitatoryFraction: 1
    ).networks(count: 1, seed: 2)
    for threads in [1, 3] {
      let error = await #expect(throws: SpikingError.self) {
        try await Simulator(model).run(
          network, steps: 100_000, seed: 3, execution: .init(threads: threads))
      }
      #expect(error?.code == .runaway)
    }
  }

  @Test func `a second run gives the same spikes, another seed does not`() async throws {
    let first = try await run(networks())
    #expect(try await run(networks()) == first)
    #expect(try await run(networks(), seed: 6).neurons != first.neurons)
  }

  @Test func `a network alone fires as it does among others`() async throws {
    let networks = try networks()
    let together = try await run(networks)
    for index in networks.indices {
      let alone = try await run([networks[index]])
      let part = together.network(index)
      #expect(alone.bins == part.bins && alone.neurons == part.neurons)
    }
  }

  @Test func `equal networks in one run fire differently`() async throws {
    let network = try networks()[0]
    let spikes = try await run([network, network])
    #expect(spikes.network(0).neurons != spikes.network(1).neurons)
  }

  @Test func `a copy of a state goes its own way`() throws {
    let network = try networks()[0]
    let model = BernoulliGLM()
    var state = try model.makeState(of: network, neurons: 0..<30)
    let random = RandomSource(seed: 1)
    let input = try BlockInput(neuronCounts: [30], neurons: 0..<30, dt: 1, random: random)
    func advance(_ state: inout CascadeState<Sigmoid, BernoulliEmission>, _ bins: Range<Int>)
      -> [[UInt32]]
    {
      bins.map { bin in
        var spikes = BinSpikes()
        model.emit(&state, input: input, bin: bin, random: random, into: &spikes)
        model.receive(spikes, bin: bin, in: &state)
        return spikes.neurons
      }
    }
    _ = advance(&state, 0..<500)
    var copy = state
    let first = advance(&state, 500..<1000)
    #expect(first.joined().count > 30)
    #expect(advance(&copy, 500..<1000) == first)
  }

  @Test func `storage does not matter`() async throws {
    let networks = try networks()
    let sparse = try await run(networks.map { $0.sparse() })
    #expect(try await run(networks.map { $0.dense() }) == sparse)
  }

  @Test func `counts above one are reproduced too`() async throws {
    var model = PoissonGLM()
    model.alpha = 1.5
    model.r = 0
    let networks = try networks()
    let one = try await Simulator(model).run(
      networks, steps: 500, seed: 1, execution: .init(threads: 1))
    let two = try await Simulator(model).run(
      networks, steps: 500, seed: 1, execution: .init(threads: 2))
    #expect(one == two)
    #expect(!one.counts.isEmpty && one.spikeCount > one.eventCount)
  }

  @Test func `a cancelled run stops`() async throws {
    let networks = try networks()
    let (signals, started) = AsyncStream<Void>.makeStream()
    let task = Task {
      try await Simulator(BernoulliGLM()).run(
        networks, steps: 1_000_000_000, seed: 0, execution: .init { _ in started.yield() })
    }
    // The first sign of progress: the run is under way.
    for await _ in signals { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `progress rises to one`() async throws {
    let network = try NormalGenerator(neurons: 100).networks(count: 1, seed: 0)
    let (fractions, continuation) = AsyncStream<Double>.makeStream()
    _ = try await Simulator(BernoulliGLM()).run(
      network, steps: 150_000, seed: 0, execution: .init { continuation.yield($0) })
    continuation.finish()
    var seen: [Double] = []
    for await fraction in fractions { seen.append(fraction) }
    #expect(seen.count > 2 && seen == seen.sorted() && seen.last == 1)
  }
}
