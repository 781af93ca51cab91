import Spiking
import SpikingTestCases
import Testing

/// The introductory example against the peer's rates on forty networks: 16.5 Hz for stimulated
/// neurons and 7.44 Hz for the others, mean intervals 60.6 and 133.6 ms, 104 Hz during the pulse.
@Suite struct IntroductionTests {
  @Test func `forty networks fire as the peer's do`() async throws {
    let networks = try NormalGenerator(neurons: 50, std: 5, glorot: true).networks(
      count: 40, seed: 0)
    let random = RandomSource(seed: 0)["targets"]
    let targets = networks.indices.map { index in
      var stream = random.stream(index)
      return stream.choose(4, below: 25)
    }
    let pulses = RegularStimulus(strength: 5, period: 100, duration: 10)
    let spikes = try await Simulator(BernoulliGLM()).run(
      networks, steps: 100_000,
      stimuli: [TargetedStimulus(pulses, targets: .perNetwork(targets))], seed: 0)

    let stimulated = Set(
      targets.enumerated().flatMap { index, list in list.map { index * 50 + $0 } })
    let recording = spikes.spikeTrains
    let groups = [
      try recording.selecting(stimulated.sorted()),
      try recording.selecting((0..<2000).filter { !stimulated.contains($0) }),
    ]
    let expected = [(rate: 16.5, interval: 60.6), (rate: 7.44, interval: 133.6)]
    for (group, peer) in zip(groups, expected) {
      let rate = meanAndError(try FiringRates().analyze(group)).mean
      #expect(abs(rate / peer.rate - 1) < 0.05)
      let interval = meanAndError(Intervals().analyze(group)).mean
      #expect(abs(interval / peer.interval - 1) < 0.05)
    }
    // Outside the pulses, too, stimulated neurons fire as those of three networks of the peer: within
    // four standard errors of its mean.
    struct Peer: Decodable {
      struct Moment: Decodable { let mean, sd: Double }
      struct Group: Decodable { let rateOutsidePulse: Moment }
      let stimulated: Group
    }
    let outside = try golden("introductory_rates", as: Peer.self).stimulated.rateOutsidePulse
    let quiet = groups[0].times.count { $0.truncatingRemainder(dividingBy: 100) >= 10 }
    let quietRate = Double(quiet) / 160 / 90
    #expect(abs(quietRate - outside.mean) < 4 * outside.sd / 3.squareRoot())

    // 160 neurons, pulses of 10 ms once a period, 100 s: 10 s of pulses in all.
    let during = groups[0].times.count { $0.truncatingRemainder(dividingBy: 100) < 10 }
    let pulseRate = Double(during) / 160 / 10
    #expect(abs(pulseRate / 104 - 1) < 0.05)
  }
}
