import Spiking
import SpikingTestCases
import Testing

/// Simulated and fitted again: the synapses are found as well as the theory of estimation allows.
@Suite struct RecoveryTests {
  private func networks(
    neurons: Int = 20, count: Int = 2
  ) throws -> [Connectivity] {
    try NormalGenerator(neurons: neurons, std: 5, glorot: true).networks(count: count, seed: 0)
  }

  /// Twice 20 · 19 weights from 200 s.
  @Test func `synapses are found as well as their standard errors allow, and better with signs`()
    async throws
  {
    let found = try await RecoveryExperiment(BernoulliGLM()).run(
      try networks(), lengths: [200_000], seed: 0)[0]
    let measures = try found.map { try RecoveryMeasures($0) }
    #expect(measures.map(\.pairCount) == [380, 380])
    #expect(found.allSatisfy { $0.warnings.isEmpty })
    // 760 intervals: the standard deviation of the fraction that hold is 0.0079; 3.29 of it.
    let coverage = measures.compactMap(\.coverage).reduce(0, +) / 2
    #expect(abs(coverage - 0.95) < 0.026)
    for (network, measures) in zip(found, measures) {
      let errors = try #require(network.standardErrors)
      let pairs = network.pairs
      let n = Double(pairs.count)
      let noise = pairs.reduce(0) { $0 + errors[$1] * errors[$1] } / n
      let signal = pairs.reduce(0) { $0 + network.trueWeights[$1] * network.trueWeights[$1] } / n
      // Independent noise: ρ² = signal / (signal + noise), and a standard error of (1 − ρ²)/√380.
      let expected = (signal / (signal + noise)).squareRoot()
      let correlation = try #require(measures.correlation)
      #expect(abs(correlation - expected) < 4 * (1 - expected * expected) / n.squareRoot() + 0.01)
      // The standard error of an area of 0.88 from 190 and 190 is 0.017 (Hanley and McNeil 1982).
      let area = try #require(measures.area)
      let limit = try #require(measures.areaLimit)
      #expect(abs(area - limit) < 3.29 * 0.017)
      #expect(try #require(measures.falseDiscoveryFraction) < 0.1)
      #expect(try #require(measures.foundFraction) > 0.5)
    }
    let signed = try await RecoveryExperiment(BernoulliGLM(), usesDalesSigns: true).run(
      try networks(), lengths: [200_000], seed: 0)[0]
    for (network, without) in zip(signed, measures) {
      let with = try RecoveryMeasures(network)
      #expect(try #require(with.area) > (try #require(without.area)))
      #expect(try #require(with.correlation) > (try #require(without.correlation)))
      #expect(with.coverage == nil && network.standardErrors == nil)
    }
  }

  @Test func `the limit of the area is that of half-normal weights in normal noise`() throws {
    var stream = RandomSource(seed: 1).stream()
    for strength in [0, 1, 4.0] {
      let scores = (0..<40_000).map { index in
        let weight = index < 20_000 ? strength * stream.normal(mean: 0, standardDeviation: 1) : 0
        return abs(weight + stream.normal(mean: 0, standardDeviation: 1))
      }
      let area = try ReceiverOperatingCharacteristic(
        evidence: scores, truth: scores.indices.map { $0 < 20_000 }
      ).area
      // Its standard error is at most √(2/12/20 000) = 0.0029.
      #expect(abs(try #require(area) - RecoveryMeasures.areaLimit(strength: strength)) < 0.01)
    }
  }

  @Test func `a shorter recording is the beginning of a longer one, on any number of threads`()
    async throws
  {
    let networks = try networks(neurons: 6)
    let experiment = RecoveryExperiment(BernoulliGLM())
    let both = try await experiment.run(
      networks, lengths: [20_000, 40_000], seed: 5, execution: .init(threads: 2))
    let short = try await experiment.run(
      networks, lengths: [20_000], seed: 5, execution: .init(threads: 1))
    for (one, other) in zip(both[0], short[0]) {
      #expect(one.name == other.name && one.spikeCount == other.spikeCount)
      for pair in one.pairs {
        let (estimate, same) = (one.estimates[pair], other.estimates[pair])
        // NaN where the spikes do not tell.
        #expect(abs(estimate - same) < 1e-6 || (estimate.isNaN && same.isNaN))
      }
    }
    #expect(both[1][0].spikeCount > both[0][0].spikeCount)
  }

  @Test func `what cannot be recovered is an error`() async throws {
    let networks = try networks(neurons: 6, count: 1)
    let delayed = try networks[0].mapDelays { _, _, _ in 3 }
    func message(
      _ networks: [Connectivity], _ lengths: [Int], recorded: [Int]? = nil
    ) async -> String {
      do {
        _ = try await RecoveryExperiment(BernoulliGLM(), recordedNeurons: recorded).run(
          networks, lengths: lengths, seed: 0)
        return ""
      } catch { return "\(error)" }
    }
    #expect(await message([delayed], [1000]).contains("delays of up to 3 bins"))
    #expect(await message(networks, [2000, 1000]).contains("lengths: found [2000, 1000]"))
    #expect(await message(networks, []).contains("lengths"))
    #expect(await message(networks, [1000], recorded: [2, 6]).contains("some of 0 to 5"))
  }
}
