import Spiking
import SpikingTestCases
import Testing

/// Synapses that act later than in the next bin.
@Suite struct DelayTests {
  @Test func `drives through delayed synapses equal explicit sums of another implementation`()
    throws
  {
    struct Golden: Decodable {
      struct Network: Decodable {
        struct Drive: Decodable { let drive: [[Double]] }
        let matrix: [[Float]]
        let delays, history: [[Int]]
        let drives: [String: Drive]
      }
      let network: Network
    }
    let stored = try golden("filters", as: Golden.self).network
    let count = stored.matrix.count
    let network = try Connectivity(matrix: stored.matrix.flatMap(\.self), neuronCount: count)
      .mapDelays { source, target, _ in stored.delays[source][target] }
    #expect(network.maximumDelay == 8)
    let bins = stored.history[0].count
    let history = (0..<bins).map { bin in stored.history.map { $0[bin] } }
    func expect(_ name: String, dt: Double, _ filter: some TemporalFilter) throws {
      let expected = try #require(stored.drives[name]).drive
      let found = try drives(
        FilterModel(dt: dt, coupling: filter), network, history, neurons: 0..<count)
      for neuron in 0..<count {
        for (bin, value) in expected[neuron].enumerated() {
          #expect(
            abs(found[bin][neuron] - value) <= 1e-6 * max(1, abs(value)), "\(name), bin \(bin)")
        }
      }
    }
    try expect("exponential", dt: 0.5, ExponentialFilter(decayRate: 0.13, window: 17))
    try expect("alpha", dt: 0.25, AlphaFilter(tau: 3))
    try expect(
      "differenceOfExponentials", dt: 0.5,
      DifferenceOfExponentialsFilter(riseTime: 0.8, decayTime: 6))
    try expect("synapticActivation", dt: 0.3, SynapticActivationFilter(tau: 4))
  }

  @Test(arguments: [1, 2, 7])
  func `every kind of filter equals the direct sum over lags`(longest: Int) throws {
    try expectDirectSum(ExponentialFilter(decayRate: 0.3, window: 4), longest: longest)
    try expectDirectSum(ExponentialFilter(decayRate: 2, window: 90), longest: longest)
    try expectDirectSum(ExponentialFilter(decayRate: 0.1, window: 0), longest: longest)
    try expectDirectSum(LeakyIntegratorFilter(tau: 30), longest: longest)
    try expectDirectSum(AlphaFilter(tau: 4), longest: longest)
    try expectDirectSum(
      DifferenceOfExponentialsFilter(riseTime: 2, decayTime: 9), longest: longest)
    try expectDirectSum(TapFilter([0.5, -1, 0, 2]), longest: longest)
    try expectDirectSum(TapFilter(), longest: longest)
    try expectDirectSum(TwoWindows(), longest: longest)
  }

  private func expectDirectSum(_ filter: some TemporalFilter, longest: Int) throws {
    let model = FilterModel(coupling: filter, baseline: 0.25)
    func delay(_ source: Int, _ target: Int) -> Int { 1 + (3 * source + target) % longest }
    let network = try randomNetwork(neurons: 70, seed: 5).mapDelays { source, target, _ in
      delay(source, target)
    }
    let history = randomHistory(neurons: 70, bins: 150, seed: 6)
    let found = try drives(model, network, history, neurons: 0..<70)
    let taps = filter.taps(dt: 1)
    let reference = DirectSum(
      coupling: { $0 < taps.count ? taps[$0] : 0 }, own: { _ in 0 }, scale: 1, baseline: 0.25,
      delay: delay)
    for bin in found.indices {
      for neuron in 0..<70 {
        let (expected, size) = reference.drive(of: neuron, at: bin, history, network)
        #expect(
          abs(found[bin][neuron] - expected) <= 2e-6 * max(abs(expected), size) + 1e-12,
          "\(filter), neuron \(neuron), bin \(bin)")
      }
    }
    // A block of the network computes the same, to the last bit.
    let part = try drives(model, network, history, neurons: 64..<70)
    #expect(part == found.map { Array($0[64..<70]) })
  }

  @Test func `one spike arrives after its delay`() throws {
    let network = try Connectivity(
      offsets: [0, 2, 2, 2], targets: [1, 2], weights: [2, 3], delays: [1, 4])
    var history = [[Int]](repeating: [0, 0, 0], count: 8)
    history[1] = [1, 0, 0]
    let found = try drives(
      FilterModel(coupling: TapFilter([1])), network, history, neurons: 0..<3)
    #expect(found.map { $0[1] } == [0, 0, 2, 0, 0, 0, 0, 0])
    #expect(found.map { $0[2] } == [0, 0, 0, 0, 0, 3, 0, 0])
  }

  @Test func `delays survive threads, a stop, changed weights and either storage`() async throws {
    let network = try NormalGenerator(neurons: 2100, std: 3, sparsity: 0.98, glorot: true)
      .network(0, seed: 1).mapDelays { source, target, _ in 1 + (source + target) % 12 }
    #expect(network.hasDelays && !network.prefersDense && network.dense().hasDelays)
    let simulator = Simulator(FilterModel(coupling: AlphaFilter(tau: 3), baseline: 1))
    let whole = try await simulator.run(
      [network], steps: 120, equilibration: 10, seed: 3, execution: .init(threads: 1))
    #expect(whole.spikeCount > 1000)
    #expect(
      try await simulator.run(
        [network], steps: 120, equilibration: 10, seed: 3, execution: .init(threads: 2))
        == whole)
    var run = try simulator.start(
      [network], equilibration: 10, seed: 3, execution: .init(threads: 2))
    let first = try await run.advance(to: 37)
    var rest = try simulator.resume([network], from: run.checkpoint(), execution: .init(threads: 1))
    let second = try await rest.advance(to: 120)
    #expect(first.neurons + second.neurons == whole.neurons)
    #expect(first.bins + second.bins == whole.bins)
    // The same weights at once are another network, also for a checkpoint.
    let prompt = try network.mapDelays { _, _, _ in 1 }
    #expect(!prompt.hasDelays && prompt != network)
    #expect(throws: SpikingError.self) {
      var run = try simulator.start([network], seed: 3)
      let checkpoint = try run.checkpoint()
      _ = try simulator.resume([prompt], from: checkpoint)
    }
    let halved = try network.mapWeights { $2 / 2 }
    halved.forEachDelayedSynapse(from: 7) { target, weight, delay in
      #expect(delay == 1 + (7 + target) % 12 && weight == network[7, target] / 2)
    }
  }

  @Test func `delays that cannot be are errors`() throws {
    let network = try randomNetwork(neurons: 4, seed: 2)
    #expect(throws: SpikingError.self) { try network.mapDelays { _, _, _ in 0 } }
    #expect(throws: SpikingError.self) { try network.mapDelays { _, _, _ in 65_536 } }
    #expect(throws: SpikingError.self) {
      try Connectivity(offsets: [0, 1, 1], targets: [1], weights: [1], delays: [0])
    }
    #expect(throws: SpikingError.self) {
      try Connectivity(offsets: [0, 1, 1], targets: [1], weights: [1], delays: [1, 2])
    }
  }
}

/// Two exponentials that are forgotten after different windows.
private struct TwoWindows: TemporalFilter {
  private let terms = [
    ExponentialRecursion(decay: 0.9, window: 3),
    ExponentialRecursion(decay: 0.8, window: 11, gain: -2),
  ]

  func recursions(dt: Double) -> [ExponentialRecursion] { terms }

  func taps(dt: Double) -> [Double] {
    (0..<11).map { k in
      terms.reduce(0) { sum, term in
        var power = term.gain
        for _ in 0..<k { power *= term.decay }
        return sum + (k < term.window ?? .max ? power : 0)
      }
    }
  }
}
