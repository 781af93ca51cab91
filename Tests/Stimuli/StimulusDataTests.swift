import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Stimuli made of arrays, and of other stimuli.
@Suite struct StimulusDataTests {
  @Test func `each column of a loaded array acts in its bin`() throws {
    for dt in [1.0, 0.1] {
      let common = LoadedStimulus([3, -1, 0.5], scale: 2, dt: dt)
      #expect(
        try drives(common, bins: 0..<5, neurons: 2, dt: dt)
          == [[6, 6], [-2, -2], [1, 1], [0, 0], [0, 0]])
      #expect((0..<5).map { common.strength(at: Double($0) * dt) } == [6, -2, 1, 0, 0])
      let rows = NumericArray([1, 2, 3, 4, 5, 6], shape: [3, 2])
      #expect(
        try drives(
          LoadedStimulus(rows, dt: dt), bins: 0..<3, neurons: 3, dt: dt,
          targets: .everyNetwork([0, 2]))
          == [[1, 0, 5], [2, 0, 6], [0, 0, 0]])
      #expect(LoadedStimulus(rows, dt: dt).strength(at: dt) == 4)
    }
    let long = LoadedStimulus((0..<100_000).map(Double.init), dt: 0.1)
    for bin in stride(from: 0, to: 100_000, by: 7) {
      #expect(long.strength(at: Double(bin) * 0.1) == Double(bin))
    }
  }

  @Test func `networks have their own arrays`() throws {
    let block = LoadedStimulus(NumericArray([1, 2, 3, 4, 5, 6, 7, 8], shape: [2, 2, 2]))
    #expect(
      try drives(block, bins: 0..<2, neurons: 2, network: 0, networks: 2) == [[1, 3], [2, 4]])
    #expect(
      try drives(block, bins: 0..<2, neurons: 2, network: 1, networks: 2) == [[5, 7], [6, 8]])
    let mixed = LoadedStimulus(
      networks: [NumericArray([9, 8]), NumericArray([1, 2], shape: [2, 1])])
    #expect(
      try drives(mixed, bins: 0..<2, neurons: 2, network: 0, networks: 2) == [[9, 9], [8, 8]])
    #expect(
      try drives(mixed, bins: 0..<2, neurons: 2, network: 1, networks: 2) == [[1, 2], [0, 0]])
  }

  @Test func `arrays that do not fit the networks are errors before anything runs`() async throws {
    let networks = try [4, 5].map { try NormalGenerator(neurons: $0).network(0, seed: 0) }
    func array(_ shape: [Int]) -> NumericArray {
      NumericArray([Double](repeating: 0, count: shape.reduce(1, *)), shape: shape)
    }
    let pulses = RegularStimulus(strength: 1, period: 2, duration: 1)
    for (stimulus, words) in [
      (LoadedStimulus(array([4, 9])), ["network 1", "shape (4, 9)", "(5, bins)", "5 neurons"]),
      (LoadedStimulus(array([2, 4, 9])), ["network 1", "(2, 4, 9)", "(2, 5, bins)"]),
      (
        LoadedStimulus(array([3, 4, 9])), ["network 0", "(3, 4, 9)", "(2, 4, bins)", "2 networks"]
      ),
      (
        LoadedStimulus(networks: [array([4, 3]), array([3])] + [array([5, 1])]), ["3 arrays", "2"]
      ),
      (LoadedStimulus(networks: [array([4, 3]), array([4, 3])]), ["network 1", "(4, 3)"]),
      (LoadedStimulus(networks: [array([3]), array([2, 5, 1])]), ["of network 1", "(2, 5, 1)"]),
      (LoadedStimulus(array([1, 2, 4, 9])), ["shape (1, 2, 4, 9)", "(networks, neurons, bins)"]),
      (LoadedStimulus(NumericArray([1, .nan, 3])), ["element [1]", "nan", "finite"]),
      (LoadedStimulus(networks: []), ["no array"]),
      (LoadedStimulus([1, 2], dt: 0.5), ["LoadedStimulus.dt", "0.5 ms", "1.0 ms"]),
      (
        FilteredStimulus(signal: [[1], [2]], filters: [[1]]), ["filters", "found 1", "expected 2"]
      ),
      (
        FilteredStimulus(signal: [[1], [.nan]], filters: [[1], [1]]),
        ["signal of channel 1", "nan"]
      ),
      (FilteredStimulus(signal: [[1]], filters: [[1]], dt: 2), ["FilteredStimulus.dt", "2.0 ms"]),
      (pulses * LoadedStimulus(array([4, 9])), ["second", "network 1", "(4, 9)"]),
    ] as [(any Stimulus, [String])] {
      let error = await #expect(throws: SpikingError.self) {
        try await Simulator(BernoulliGLM()).run(
          networks, steps: 1, stimuli: [TargetedStimulus(pulses), TargetedStimulus(stimulus)],
          seed: 0)
      }
      let text = error?.description ?? ""
      for word in words + ["stimulus 1: "] { #expect(text.contains(word), "\(text)") }
    }
    #expect(throws: SpikingError.self) { try NumericArray(rows: [[1, 2], [3]]) }
  }

  @Test func `the drive of filtered channels is their direct sum`() throws {
    var stream = RandomSource(seed: 4).stream()
    func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in stream.normal() } }
    let signal = [numbers(50), numbers(30), numbers(50)]
    let filters = [numbers(3), numbers(12), []]
    let stimulus = FilteredStimulus(signal: signal, filters: filters, scale: -2, dt: 0.1)
    let found = try drives(stimulus, bins: 0..<70, neurons: 2, dt: 0.1)
    for bin in 0..<70 {
      var expected = 0.0
      for (channel, filter) in zip(signal, filters) {
        for (lag, tap) in filter.enumerated() where channel.indices.contains(bin - lag) {
          expected -= 2 * tap * channel[bin - lag]
        }
      }
      #expect(abs(found[bin][0] - expected) < 1e-12 && found[bin][0] == found[bin][1])
      #expect(stimulus.strength(at: Double(bin) * 0.1) == found[bin][0])
    }
    let decay = ExponentialFilter(decayRate: 0.5, window: 4)
    let filtered = FilteredStimulus(
      channels: [[0, 2, 0]], filters: [decay], dt: 0.2)
    #expect(filtered.filters == [decay.taps(dt: 0.2)] && filtered.dt == 0.2)
    #expect(abs(filtered.drive[3] - 2 * exp(-0.2)) < 1e-15)
  }

  @Test func `sums and products combine what the parts do`() throws {
    let ramp = RampStimulus(to: 8, duration: 8)
    let rows = LoadedStimulus(NumericArray([1, 2, 3, 4, 5, 6], shape: [3, 2]))
    let targets = StimulusTargets.everyNetwork([0, 2])
    #expect(
      try drives(ramp + rows, bins: 0..<3, neurons: 3, targets: targets)
        == [[1, 0, 5], [3, 0, 7], [2, 0, 2]])
    #expect(
      try drives(ramp * rows, bins: 0..<3, neurons: 3, targets: targets)
        == [[0, 0, 0], [2, 0, 6], [0, 0, 0]])
    #expect((ramp + rows).strength(at: 1) == 5 && (ramp * rows).strength(at: 1) == 4)
    let nested = (ramp + ramp) * RegularStimulus(strength: 3, period: 4, duration: 2)
    #expect(try drives(nested, bins: 0..<6).map { $0[0] } == [0, 6, 0, 0, 24, 30])
    #expect(
      nested.parameters.map(\.name).filter { $0.hasSuffix("period") || $0.hasSuffix("to") }
        == ["first.first.to", "first.second.to", "second.period"])
  }

  @Test func `arrays and parts tell one run from another`() async throws {
    let networks = try NormalGenerator(neurons: 4).networks(count: 1, seed: 0)
    func resume(_ stopped: some Stimulus, with other: some Stimulus) throws {
      var simulation = try Simulator(BernoulliGLM()).start(
        networks, stimuli: [TargetedStimulus(stopped)], seed: 0)
      let checkpoint = try simulation.checkpoint()
      _ = try Simulator(BernoulliGLM()).resume(
        networks, from: checkpoint, stimuli: [TargetedStimulus(other)])
    }
    let train = PulseTrainStimulus(times: [1, 2], strength: 1, duration: 1)
    let pulses = RegularStimulus(strength: 1, period: 2, duration: 1)
    try resume(train * pulses, with: train * pulses)
    try resume(LoadedStimulus([1, 2]), with: LoadedStimulus([1, 2]))
    let other = PulseTrainStimulus(times: [1, 3], strength: 1, duration: 1)
    expectError(.invalidData, ["another stimuli"]) { try resume(train, with: other) }
    expectError(.invalidData, ["another stimuli"]) {
      try resume(train * pulses, with: other * pulses)
    }
    expectError(.invalidData, ["another stimuli"]) {
      try resume(pulses * pulses, with: pulses + pulses)
    }
    expectError(.invalidData, ["another stimuli"]) {
      try resume(
        LoadedStimulus([1, 2, 3, 4]),
        with: LoadedStimulus(NumericArray([1, 2, 3, 4], shape: [4, 1])))
    }
  }

  /// Checkpoints of version 0.5 resume: their fingerprints are the same. The numbers are those of that version.
  @Test func `fingerprints do not change`() throws {
    let network = try Connectivity(name: "w", matrix: [0, 1.5, -2, 0], neuronCount: 2)
    let filtered = FilteredStimulus(signal: [[1, 2], [3]], filters: [[0.5], [0.25, -1]])
    let train = PulseTrainStimulus(times: [1, 0.25], strength: 1, duration: 1)
    let loaded = LoadedStimulus(NumericArray([1, 2, 3, 4], shape: [2, 2]))
    var simulation = try Simulator(BernoulliGLM()).start(
      [network],
      stimuli: [
        TargetedStimulus(filtered + train * loaded, targets: .everyNetwork([1])),
        TargetedStimulus(ClosureStimulus { $0 }),
      ], seed: 0)
    #expect(
      try simulation.checkpoint().fingerprint
        == RunFingerprint(
          model: 7_526_906_031_447_737_548, networks: 7_746_791_582_813_575_016,
          stimuli: 6_869_362_772_378_062_793))
  }
}
