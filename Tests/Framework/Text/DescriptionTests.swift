import Spiking
import Testing

@Suite struct DescriptionTests {
  @Test func `spikes say how many neurons fired how often`() throws {
    let events = (0..<8).map { UInt32($0) }
    let spikes = try BinnedSpikes(
      neurons: events.map { $0 % 2 }, bins: events.map { 60 * $0 }, binCount: 500, dt: 1,
      networkOffsets: [0, 2], seed: 1)
    #expect("\(spikes)" == "2 neurons × 500 bins of 1 ms, 8 spikes (8.0 Hz)")
    #expect("\(spikes.spikeTrains)" == "2 neurons, 0 to 500 ms, 8 spikes (8.0 Hz)")
    let short = try BinnedSpikes(counts: [[1]], dt: 0.1)
    #expect("\(short)" == "1 neuron × 1 bin of 0.1 ms, 1 spike (10000 Hz)")
    // Only what was observed has a rate: 3 spikes in 40 ms.
    let observed = try SpikeTrains(
      trains: [[1, 2, 30], [15, 80.25]], start: -0.5, stop: 100,
      observations: [[0...10], [10...20, 80...100]])
    #expect("\(observed)" == "2 neurons, -0.5 to 100 ms, 4 spikes (100 Hz)")
    #expect(
      "\(try SpikeTrains(trains: [], start: 0, stop: 0))" == "0 neurons, 0 to 0 ms, 0 spikes")
  }

  @Test func `networks say how dense and strong they are`() throws {
    let network = try Connectivity([[0, 1.44, 0], [-1.25, 0, 0], [0.5, 0, 0]])
    let text = "3 neurons, 3 synapses (density 0.50), weights −1.2 to 1.4"
    #expect("\(network.sparse())" == text && "\(network.dense())" == text)
    #expect("\(try Connectivity([[0]]))" == "1 neuron, 0 synapses")
    let delayed = try network.mapDelays { source, _, _ in source + 1 }
    #expect("\(delayed)" == text + ", delays of up to 3 bins")
  }

  @Test func `targets, parameters and checkpoints`() throws {
    #expect("\(StimulusTargets.all)" == "all neurons")
    #expect("\(StimulusTargets.everyNetwork([7, 3, 8, 9]))" == "neurons 3, 7 to 9")
    #expect("\(StimulusTargets.masks([[true, false], [false, true]]))" == "neurons 0 | 1")
    let stimulus = TargetedStimulus(
      RegularStimulus(strength: 5, period: 100, duration: 10), targets: .mask([false, true]))
    #expect("\(stimulus)" == "RegularStimulus on neuron 1")
    let parameter = Parameter(name: "theta", value: 5, domain: .real)
    #expect("\(parameter)" == "theta = 5 (a finite number)")
    let checkpoint = Checkpoint(
      bin: 40, seed: 7, fingerprint: RunFingerprint(model: 1, networks: 2, stimuli: 3),
      memories: [[1, 2], [3]])
    #expect("\(checkpoint)" == "2 networks before bin 40, seed 7, 3 bytes")
  }

  /// Checkpoints of earlier versions hold these numbers.
  @Test func `the fingerprint of a run stays what it was`() async throws {
    let network = try Connectivity([[0, 1], [0.5, 0]])
    let stimulus = RegularStimulus(strength: 5, period: 100, duration: 10)
    let fingerprints = try [StimulusTargets.all, .everyNetwork([1]), .perNetwork([[0, 1]])].map {
      var simulation = try Simulator(BernoulliGLM()).start(
        [network], stimuli: [TargetedStimulus(stimulus, targets: $0)], seed: 0)
      return try simulation.checkpoint().fingerprint.stimuli
    }
    #expect(
      fingerprints == [
        16_043_648_944_369_067_194, 16_875_976_344_158_002_208, 12_753_088_516_877_092_238,
      ])
  }
}
