import Spiking
import SpikingTestCases
import Testing

/// Likelihoods of given spikes, and their derivatives.
@Suite struct LikelihoodTests {
  private static let bins = 120

  @inline(never)
  private func network(delays: Bool = false) throws -> Connectivity {
    let network = try randomNetwork(neurons: 6, seed: 11)
    return delays
      ? try network.mapDelays { source, target, _ in 1 + (source + 2 * target) % 3 } : network
  }

  @inline(never)
  private func history(_ maximumCount: Int) -> [[Int]] {
    randomHistory(neurons: 6, bins: Self.bins, seed: 12).map { row in
      row.map { min($0, maximumCount) }
    }
  }

  /// Replays of a random history, and their log-likelihoods by definition.
  @inline(never)
  private func expectations(
    _ given: LikelihoodCase
  ) throws -> [(replay: SpikeReplay, logLikelihood: Double)] {
    let history = history(given.maximumCount)
    let spikes = try binnedSpikes(history, dt: given.dt)
    return try [try network(), try network(delays: true)].map { network in
      (
        try SpikeReplay(of: spikes, networks: [network], from: 17),
        given.directSum(history, network, from: 17)
      )
    }
  }

  @Test func `the log-likelihood of every model is its definition`() async throws {
    for given in LikelihoodCase.all {
      for (replay, expected) in try expectations(given) {
        let found = try await given.value(replay, [:], [], nil).logLikelihood
        // What arrives in a bin is summed in single precision.
        #expect(abs(found - expected) < 1e-6 * abs(expected), "\(given.name)")
        #expect(expected < -50)
      }
    }
  }

  @Test func `the bins without a complete history are left out`() async throws {
    let spikes = try binnedSpikes(history(1), dt: 0.9)
    let model = bernoulliModel()
    let (plain, delayed) = (try network(), try network(delays: true))
    // The refractory filter is longer than the coupling's.
    #expect(model.historyLength(in: plain) == 10)
    var long = model
    long.couplingWindow = 25
    #expect(long.historyLength(in: delayed) == 27)
    #expect(RectifiedSAM().historyLength(in: plain) == 0)
    let automatic = try await model.logLikelihood(of: spikes, networks: [plain])
    let explicit = try await model.logLikelihood(of: spikes, networks: [plain], from: 10)
    #expect(automatic == explicit)
  }

  @Test func `derivatives of every model are those of differences`() async throws {
    for given in LikelihoodCase.all {
      let spikes = try binnedSpikes(history(given.maximumCount), dt: given.dt)
      let replay = try SpikeReplay(of: spikes, networks: [try network(delays: true)])
      let found = try await given.value(replay, [:], given.parameters.map(\.name), nil)
      let plain = try await given.value(replay, [:], [], nil).logLikelihood
      #expect(abs(found.logLikelihood - plain) < 1e-10 * abs(plain))
      for (parameter, slope) in zip(given.parameters, found.gradient) {
        let numeric = try await fourPoints(step: 1e-3 * parameter.value) { offset in
          let changes = [parameter.name: parameter.value + offset]
          return try await given.value(replay, changes, [], nil).logLikelihood
        }
        #expect(
          abs(slope - numeric) < 1e-5 * abs(numeric),
          "\(given.name).\(parameter.name): \(slope), by differences \(numeric)")
        #expect(abs(numeric * parameter.value) > 1e-3)
      }
    }
  }

  /// The derivative at 0, with an error of the fourth order of the step.
  private func fourPoints(
    step: Double, _ function: (Double) async throws -> Double
  ) async throws -> Double {
    let near = try await function(step) - function(-step)
    let far = try await function(2 * step) - function(-2 * step)
    return (8 * near - far) / (12 * step)
  }

  @Test func `derivatives of weights are those of differences`() async throws {
    let network = try network(delays: true)
    var weights: [Double] = []
    network.forEachSynapse { weights.append(Double($2)) }
    for (given, names) in [
      (bernoulliCase(), ["theta", "alpha", "beta"]), (poissonCase(), ["b", "tau"]),
      (activationCase(), ["tau", "lambda0"]),
    ] {
      let spikes = try binnedSpikes(history(given.maximumCount), dt: given.dt)
      let replay = try SpikeReplay(of: spikes, networks: [network])
      let found = try await given.value(replay, [:], names, [weights])
      let plain = try await given.value(replay, [:], names, nil)
      // Single precision sums of the same weights.
      #expect(abs(found.logLikelihood - plain.logLikelihood) < 1e-6 * abs(plain.logLikelihood))
      for index in names.indices {
        let (one, other) = (found.gradient[index], plain.gradient[index])
        #expect(abs(one - other) < 1e-5 * abs(other), "\(given.name).\(names[index])")
      }
      #expect(found.gradient.count == names.count + weights.count && weights.count > 5)
      for index in weights.indices {
        let numeric = try await fourPoints(step: 1e-3) { offset in
          var moved = weights
          moved[index] += offset
          return try await given.value(replay, [:], [], [moved]).logLikelihood
        }
        let slope = found.gradient[names.count + index]
        #expect(abs(slope - numeric) < 1e-6 * max(abs(numeric), 0.1))
      }
    }
  }

  @Test func `a likelihood is the sum over blocks, on any number of threads`() async throws {
    let network = try NormalGenerator(neurons: 700, std: 3, sparsity: 0.9, glorot: true)
      .network(0, seed: 1)
    let model = BernoulliGLM()
    let spikes = try await Simulator(model).run([network], steps: 300, seed: 2)
    func value(threads: Int) async throws -> LikelihoodValue {
      try await SpikeReplay(of: spikes, networks: [network], execution: .init(threads: threads))
        .evaluate([
          LikelihoodPoint(model, parameters: ["theta", "alpha", "r"])
        ])[0]
    }
    let alone = try await value(threads: 1)
    #expect(try await value(threads: 4) == alone)
    var sum = 0.0
    for block in [0..<64, 64..<512, 512..<700] {
      var state = try model.makeState(of: network, neurons: block)
      var next = 0
      for bin in 0..<spikes.binCount {
        var (all, own) = (BinSpikes(), BinSpikes())
        while next < spikes.eventCount, spikes.bins[next] == bin {
          let neuron = Int(spikes.neurons[next])
          all.append(neuron: neuron, count: 1)
          if block.contains(neuron) { own.append(neuron: neuron, count: 1) }
          next += 1
        }
        let input = try BlockInput(
          neuronCounts: [700], neurons: block, dt: 1, random: RandomSource(seed: 0))
        let term = model.logLikelihood(of: own, in: &state, input: input, bin: bin)
        if bin >= 10 { sum += term }
        model.receive(all, bin: bin, in: &state)
      }
    }
    #expect(abs(sum - alone.logLikelihood) < 1e-10 * abs(sum))
  }

  @Test func `stimuli act as they did in the run, those that draw at random too`() async throws {
    let networks = try NormalGenerator(neurons: 10, std: 2, glorot: true).networks(
      count: 2, seed: 5)
    let noise = TargetedStimulus(
      PoissonStimulus(strength: 4, meanInterval: 20, duration: 5),
      targets: .everyNetwork([1, 4, 7]))
    let model = BernoulliGLM()
    let spikes = try await Simulator(model).run(networks, steps: 4000, stimuli: [noise], seed: 8)
    let with = try await model.logLikelihood(of: spikes, networks: networks, stimuli: [noise])
    let without = try await model.logLikelihood(of: spikes, networks: networks)
    #expect(with > without + 100)
    var sum = 0.0
    for (index, network) in networks.enumerated() {
      sum += try await model.logLikelihood(of: spikes.network(index), networks: [network])
    }
    #expect(abs(sum - without) < 1e-9 * abs(sum))
  }

  @Test func `spikes that cannot occur, and data that do not fit`() async throws {
    let network = try network()
    var rows = history(1)
    rows[20][3] = 2
    let spikes = try binnedSpikes(rows, dt: 0.9)
    let model = bernoulliModel()
    #expect(try await model.logLikelihood(of: spikes, networks: [network]) == -.infinity)
    let value = try await SpikeReplay(of: spikes, networks: [network]).evaluate([
      LikelihoodPoint(model)
    ])[0]
    #expect(value.fault?.bin == 20)
    await #expect {
      try await BernoulliGLM().logLikelihood(of: spikes, networks: [network])
    } throws: { "\($0)".contains("BernoulliGLM.dt: found 1.0, expected 0.9") }
    await #expect {
      try await model.logLikelihood(of: spikes, networks: [network, network])
    } throws: { "\($0)".contains("expected [6], as the spikes have") }
    await #expect {
      try await model.logLikelihood(of: spikes, networks: [network], from: 120)
    } throws: { "\($0)".contains("firstBin") }
  }
}
