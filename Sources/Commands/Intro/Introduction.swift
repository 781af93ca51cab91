internal import Spiking

/// The introductory example: random networks, a few stimulated neurons in each, and what the
/// stimulus does to their firing. (Spikeometric, "Introduction by example".)
struct Introduction {
  var networkCount = 10
  var neurons = 50
  var steps = 100_000
  var seed: UInt64 = 0

  /// Pulses of 10 ms every 100 ms, at which a neuron at rest fires as likely as not in each bin.
  let stimulus = RegularStimulus(strength: 5, period: 100, duration: 10)
  let model = BernoulliGLM()
  /// Four of the excitatory neurons of each network are stimulated.
  static let targetCount = 4

  /// Networks of as many excitatory as inhibitory neurons, every second pair connected.
  func networks() throws(SpikingError) -> [Connectivity] {
    try NormalGenerator(neurons: neurons, std: 5, glorot: true).networks(
      count: networkCount, seed: seed)
  }

  /// The stimulated neurons of each network, drawn from its excitatory ones.
  func targets() -> [[Int]] {
    let random = RandomSource(seed: seed)["targets"]
    let excitatory = max(1, neurons / 2)
    return (0..<networkCount).map { network in
      var stream = random.stream(network)
      return stream.choose(min(Self.targetCount, excitatory), below: excitatory)
    }
  }

  /// The pulses on the stimulated neurons of each network.
  func stimulus(on targets: [[Int]]) -> TargetedStimulus {
    TargetedStimulus(stimulus, targets: .perNetwork(targets))
  }

  func simulate(
    _ networks: [Connectivity], targets: [[Int]], execution: Execution
  ) async throws -> BinnedSpikes {
    try await Simulator(model).run(
      networks, steps: steps,
      stimuli: [stimulus(on: targets)], seed: seed,
      execution: execution)
  }
}

/// What the introductory example found, divided into stimulated and other neurons.
struct IntroductionResult {
  let stimulated: SpikeTrains
  let unstimulated: SpikeTrains

  init(_ spikes: BinnedSpikes, targets: [[Int]]) throws(SpikingError) {
    let recording = spikes.spikeTrains
    let chosen = targets.enumerated().flatMap { network, list in
      list.map { spikes.networkOffsets[network] + $0 }
    }
    stimulated = try recording.selecting(chosen)
    let others = Set(0..<recording.neuronCount).subtracting(chosen)
    unstimulated = try recording.selecting(others.sorted())
  }

  /// A mean for each of the two groups; nil where a group has nothing to average.
  struct Pair: Encodable {
    let stimulated: Double?
    let unstimulated: Double?

    enum Key: CodingKey {
      case stimulated, unstimulated
    }

    /// Null where there is no mean; Swift's own way is to leave the key out.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(stimulated, forKey: .stimulated)
      try container.encode(unstimulated, forKey: .unstimulated)
    }
  }

  func rates() throws -> Pair {
    try pair { mean(try FiringRates().analyze($0)) }
  }

  func meanIntervals() throws -> Pair {
    try pair { mean(Intervals().analyze($0)) }
  }

  private func pair(_ statistic: (SpikeTrains) throws -> Double?) throws -> Pair {
    Pair(stimulated: try statistic(stimulated), unstimulated: try statistic(unstimulated))
  }

  private func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
