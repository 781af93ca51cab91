import Spiking
import SpikingTestCases
import Testing

/// A run that is advanced in parts, saved and resumed fires as one that runs through.
@Suite struct SimulationTests {
  private let stimuli = [
    TargetedStimulus(
      RegularStimulus(strength: 4, period: 20, duration: 5), targets: .everyNetwork([2, 11]))
  ]

  private func networks() throws -> [Connectivity] {
    try NormalGenerator(neurons: 30, std: 5, glorot: true).networks(count: 3, seed: 9)
  }

  private func expectResumes(
    _ model: some SpikingModel, _ networks: [Connectivity], at stop: Int, threads: [Int]
  ) async throws {
    let simulator = Simulator(model)
    let whole = try await simulator.run(
      networks, steps: 400, equilibration: 50, stimuli: stimuli, seed: 4)
    #expect(whole.eventCount > 100)
    var first = try simulator.start(
      networks, equilibration: 50, stimuli: stimuli, seed: 4, execution: .init(threads: threads[0]))
    let before = try await first.advance(to: stop)
    let checkpoint = try first.checkpoint()
    #expect(checkpoint.bin == stop && checkpoint.seed == 4)
    var second = try simulator.resume(
      networks, from: checkpoint, stimuli: stimuli, execution: .init(threads: threads[1]))
    let after = try await second.advance(to: 400)
    #expect(before.neurons + after.neurons == whole.neurons)
    #expect(before.bins + after.bins == whole.bins)
    let counts = [before, after].flatMap { part in
      part.neurons.indices.map { part.count(ofEvent: $0) }
    }
    #expect(counts == whole.neurons.indices.map { whole.count(ofEvent: $0) })
    #expect(after.binCount == 400)
  }

  @Test(arguments: [-50, -20, 0, 1, 37, 399])
  func `a run stopped in any bin and resumed fires as one run through`(stop: Int) async throws {
    let networks = try networks()
    try await expectResumes(BernoulliGLM(), networks, at: stop, threads: [1, 3])
    var poisson = PoissonGLM()
    poisson.couplingWindow = 30
    poisson.tau = 20
    poisson.alpha = 5
    poisson.r = 0.002
    try await expectResumes(poisson, networks, at: stop, threads: [2, 1])
  }

  @Test(arguments: [[1, 3], [3, 1], [2, 3]])
  func `a run may be resumed on another number of threads`(threads: [Int]) async throws {
    let network = try NormalGenerator(neurons: 3100, std: 5, sparsity: 0.95, glorot: true)
      .networks(count: 1, seed: 2)
    try await expectResumes(BernoulliGLM(), network, at: 111, threads: threads)
  }

  @Test func `pieces make up the run`() async throws {
    let networks = try networks()
    let simulator = Simulator(BernoulliGLM())
    let whole = try await simulator.run(networks, steps: 100_000, seed: 4)
    var simulation = try simulator.start(networks, seed: 4, execution: .init(threads: 1))
    var (neurons, bins, ends): ([UInt32], [UInt32], [Int]) = ([], [], [])
    try await simulation.advance(to: 60_000) { piece in
      neurons += piece.neurons
      bins += piece.bins
      ends.append(piece.binCount)
    }
    let rest = try await simulation.advance(to: 100_000)
    #expect(neurons + rest.neurons == whole.neurons && bins + rest.bins == whole.bins)
    #expect(ends.count > 1 && ends == ends.sorted() && ends.last == 60_000)
  }

  @Test func `a cancelled run stands where it says, and goes on`() async throws {
    let networks = try networks()
    let simulator = Simulator(BernoulliGLM())
    let task = Task {
      var simulation = try simulator.start(networks, seed: 4)
      var neurons: [UInt32] = []
      await #expect(throws: CancellationError.self) {
        try await simulation.advance(to: 1_000_000_000) { piece in
          neurons += piece.neurons
          if piece.binCount > 50_000 { withUnsafeCurrentTask { $0?.cancel() } }
        }
      }
      return (neurons, try simulation.checkpoint())
    }
    let (before, checkpoint) = try await task.value
    #expect(50_000..<1_000_000 ~= checkpoint.bin)
    var resumed = try simulator.resume(networks, from: checkpoint)
    let after = try await resumed.advance(to: checkpoint.bin + 1000)
    let whole = try await simulator.run(networks, steps: checkpoint.bin + 1000, seed: 4)
    #expect(before + after.neurons == whole.neurons)
  }

  @Test func `what is not the run that was stopped is an error that says what differs`()
    async throws
  {
    let networks = try networks()
    var simulation = try Simulator(BernoulliGLM()).start(networks, stimuli: stimuli, seed: 4)
    _ = try await simulation.advance(to: 10)
    let checkpoint = try simulation.checkpoint()
    var other = BernoulliGLM()
    other.theta = 4
    func expect(
      _ part: String, _ model: BernoulliGLM, _ networks: [Connectivity],
      _ stimuli: [TargetedStimulus]
    ) {
      let error = #expect(throws: SpikingError.self) {
        _ = try Simulator(model).resume(networks, from: checkpoint, stimuli: stimuli)
      }
      #expect(error?.description.contains("another \(part)") == true)
    }
    expect("model", other, networks, stimuli)
    expect("networks", BernoulliGLM(), Array(networks.reversed()), stimuli)
    expect(
      "networks", BernoulliGLM(), try networks.map { try $0.mapWeights { 2 * $2 } }, stimuli)
    expect("stimuli", BernoulliGLM(), networks, [])
    expect("stimuli", BernoulliGLM(), networks, [TargetedStimulus(stimuli[0].stimulus)])
  }

  @Test func `damaged memory is an error`() async throws {
    let networks = try networks()
    var simulation = try Simulator(BernoulliGLM()).start(networks, seed: 4)
    _ = try await simulation.advance(to: 10)
    let checkpoint = try simulation.checkpoint()
    let damages: [([UInt8]) -> [UInt8]] = [
      { Array($0.dropLast()) }, { $0 + [0] }, { _ in [] },
    ]
    let damaged = [[]] + damages.map { checkpoint.memories.map($0) }
    for memories in damaged {
      let damaged = Checkpoint(
        bin: 10, seed: 4, fingerprint: checkpoint.fingerprint, memories: memories)
      let error = #expect(throws: SpikingError.self) {
        _ = try Simulator(BernoulliGLM()).resume(networks, from: damaged)
      }
      #expect(error?.code == .invalidData)
    }
  }

  /// Numbers that no run can leave must not end the program, whatever they do to the spikes.
  @Test(arguments: [0, 1, 127, 128, 255])
  func `memory of nonsense is an error or a run`(byte: UInt8) async throws {
    let networks = try networks()
    var simulation = try Simulator(BernoulliGLM()).start(networks, seed: 4)
    _ = try await simulation.advance(to: 10)
    let checkpoint = try simulation.checkpoint()
    for bin in [10, -5, 0, Int.min, Int.max, -1_000_000_000_000_000] {
      let nonsense = Checkpoint(
        bin: bin, seed: 4, fingerprint: checkpoint.fingerprint,
        memories: checkpoint.memories.map { $0.map { _ in byte } })
      do {
        var resumed = try Simulator(BernoulliGLM()).resume(networks, from: nonsense)
        let spikes = try await resumed.advance(to: 100)
        #expect(spikes.binCount == 100)
      } catch let error as SpikingError {
        #expect(error.code == .runaway || error.code == .invalidData)
      }
    }
  }
}
