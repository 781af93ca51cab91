import Spiking
import SpikingTestCases
import SpikingTestSupport
import Testing

@Suite struct StimulusTests {
  @Test func `pulses follow the definition, in phase with their start`() {
    let pulses = RegularStimulus(strength: 2, period: 10, duration: 3, start: 4, stop: 25)
    let active = (0..<40).filter { pulses.strength(at: Double($0)) != 0 }
    #expect(active == [4, 5, 6, 14, 15, 16, 24])
    #expect(pulses.strength(at: 4) == 2)
  }

  @Test func `bins that are not exact in binary are not lost`() {
    let pulses = RegularStimulus(strength: 1, period: 0.7, duration: 0.3, start: 0.2, stop: 700)
    let active = (0..<7000).filter { pulses.strength(at: Double($0) * 0.1) == 1 }
    #expect(active == (2..<7000).filter { ($0 - 2) % 7 < 3 })
  }

  @Test func `pulses keep their bins for long times and odd periods`() {
    let single = RegularStimulus(strength: 1, period: 1e12, duration: 10, start: 5)
    #expect((0..<30).filter { single.strength(at: Double($0)) == 1 } == Array(5..<15))
    let fine = RegularStimulus(strength: 1, period: 0.07, duration: 0.03, start: 0.02)
    for bin in 99_999_000..<100_000_000 {
      #expect((fine.strength(at: Double(bin) * 0.01) == 1) == ((bin - 2) % 7 < 3), "\(bin)")
    }
  }

  @Test func `targets alone are driven, after the equilibration`() throws {
    let network = try Connectivity(
      matrix: [Float](repeating: 0, count: 9), neuronCount: 3)
    let stimuli = [
      TargetedStimulus(ClosureStimulus { 1 + $0 }, targets: .everyNetwork([2, 0, 2])),
      TargetedStimulus(RegularStimulus(strength: 10, period: 2, duration: 1)),
    ]
    let found = try drives(
      BernoulliGLM(), network, [[Int]](repeating: [0, 0, 0], count: 3), neurons: 0..<3,
      stimuli: stimuli)
    #expect(found == [[11, 10, 11], [2, 0, 2], [13, 10, 13]])
    let input = try BlockInput(
      stimuli, neuronCounts: [3], neurons: 0..<3, dt: 1, random: RandomSource(seed: 0))
    var silent = [0.0, 0, 0]
    input.add(to: &silent, bin: -1)
    #expect(silent == [0, 0, 0])
  }

  @Test func `a mask marks the same neurons as a list, also for a checkpoint`() throws {
    let noise = WhiteNoiseStimulus(stdPerBin: 1)
    let networks = try NormalGenerator(neurons: 3).networks(count: 2, seed: 0)
    for (mask, list) in [
      (StimulusTargets.mask([false, true, true]), StimulusTargets.everyNetwork([2, 1])),
      (.masks([[true, false, false], [false, true, true]]), .perNetwork([[0], [1, 2]])),
    ] {
      for network in 0..<2 {
        func found(_ targets: StimulusTargets) throws -> [[Double]] {
          try drives(
            noise, bins: 0..<9, neurons: 3, targets: targets, network: network, networks: 2)
        }
        #expect(try found(mask) == found(list))
      }
    }
    var simulation = try Simulator(BernoulliGLM()).start(
      networks, stimuli: [TargetedStimulus(noise, targets: .mask([false, true, true]))], seed: 0)
    _ = try Simulator(BernoulliGLM()).resume(
      networks, from: simulation.checkpoint(),
      stimuli: [TargetedStimulus(noise, targets: .everyNetwork([1, 2]))])
  }

  @Test func `targets that do not fit the networks are errors that name them`() async throws {
    let networks = try NormalGenerator(neurons: 4).networks(count: 2, seed: 0)
    let pulses = RegularStimulus(strength: 1, period: 2, duration: 1)
    for (targets, words) in [
      (StimulusTargets.everyNetwork([0, 4]), ["network 0", "neuron 4", "0 to 3"]),
      (.perNetwork([[0], [-1]]), ["network 1", "neuron -1"]),
      (.perNetwork([[0]]), ["lists for 1", "2 networks"]),
      (.mask([true, true, true]), ["mask", "network 0", "3 neurons", "expected 4"]),
      (.masks([[true, true, true, true], [true]]), ["mask", "network 1", "1 neurons"]),
      (.masks([[true]]), ["masks for 1", "2 networks"]),
    ] {
      let error = await #expect(throws: SpikingError.self) {
        try await Simulator(BernoulliGLM()).run(
          networks, steps: 1, stimuli: [TargetedStimulus(pulses, targets: targets)], seed: 0)
      }
      for word in words { #expect(error?.description.contains(word) == true) }
    }
  }

  @Test func `a stimulus may draw its own randomness, reproducibly`() async throws {
    struct Noise: Stimulus {
      func strength(at time: Double) -> Double { 0 }
      func add(
        to drive: inout MutableSpan<Double>, of targets: BlockTargets, at moment: Moment
      ) {
        for index in targets.indices {
          var stream = moment.random.stream(
            targets.neurons.lowerBound + index, at: moment.bin)
          drive[index] += stream.normal(standardDeviation: 3)
        }
      }
    }
    #expect(problems(with: Noise()) == [])
    let networks = try NormalGenerator(neurons: 20).networks(count: 3, seed: 0)
    func run(_ threads: Int) async throws -> BinnedSpikes {
      try await Simulator(BernoulliGLM()).run(
        networks, steps: 3000, stimuli: [TargetedStimulus(Noise())], seed: 4,
        execution: .init(threads: threads))
    }
    let one = try await run(1)
    #expect(try await run(3) == one)
    let quiet = try await Simulator(BernoulliGLM()).run(networks, steps: 3000, seed: 4)
    #expect(one.spikeCount > 2 * quiet.spikeCount)
  }
}
