import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Estimates against sums that are written down elsewhere, at widths of bins other than 1 and of other
/// sizes than the examples': an n for n − 1, or a dt that is missing, shows in the second digit.
@Suite struct EstimatorTests {
  /// A constant rate that was fitted to 3000 bins, in 1000 others.
  @Test func `the null of held-out bins is the rate of those that were fitted`() async throws {
    var stream = RandomSource(seed: 9).stream()
    let counts = (0..<4000).map { _ in PoissonEmission().sample(mean: 0.3, using: &stream) }
    let bins = counts.indices.filter { counts[$0] > 0 }
    let spikes = try BinnedSpikes(
      neurons: bins.map { _ in 0 }, bins: bins.map { UInt32($0) },
      counts: bins.map { UInt16(counts[$0]) }, binCount: 4000, dt: 2, networkOffsets: [0, 1],
      seed: nil)
    let fitter = CoupledFitter()
    let fit = try await fitter.fit(spikes, segments: [0..<3000])
    let prediction = try await fit.predictions(for: spikes, segments: [3000..<4000])[0]
    let mean = Double(counts[..<3000].reduce(0, +)) / 3000
    let null = counts[3000...].reduce(0) {
      $0 + Double($1) * log(mean) - mean - SpecialFunctions.logFactorial($1)
    }
    #expect(isClose(prediction.nullLogLikelihood, null, to: 1e-9))
    #expect(isClose(prediction.logLikelihood, null, to: 1e-6))
    let saturated = counts[3000...].filter { $0 > 0 }.reduce(0.0) {
      $0 + Double($1) * log(Double($1)) - Double($1) - SpecialFunctions.logFactorial($1)
    }
    #expect(isClose(prediction.saturatedLogLikelihood, saturated, to: 1e-9))
    #expect(prediction.freeCount == 1 && prediction.counts.count == 1000)
  }

  /// Measures of 3 · 132 pairs, with a synaptic scale other than 1, by sums over all of them.
  @Test func `measures of recovery are sums over pairs`() async throws {
    var model = BernoulliGLM()
    model.r = 0.7
    model.theta = 3.5
    let networks = try NormalGenerator(neurons: 12, std: 5, glorot: true).networks(
      count: 3, seed: 2)
    let found = try await RecoveryExperiment(model).run(networks, lengths: [15_000], seed: 4)[0]
    for (network, result) in zip(networks, found) {
      let measures = try RecoveryMeasures(result)
      let errors = try #require(result.standardErrors)
      let pValues = try #require(result.pValues)
      let pairs = (0..<144).filter { $0 / 12 != $0 % 12 }
      let truth = network.matrix().map { 0.7 * Double($0) }
      #expect(result.trueWeights == truth && measures.pairCount == 132)
      let known = pairs.filter { !result.estimates[$0].isNaN }
      #expect(measures.estimateCount == known.count && known.count > 100)
      let n = Double(known.count)
      let error = known.map { result.estimates[$0] - truth[$0] }
      #expect(
        isClose(
          measures.rootMeanSquareError, (error.reduce(0) { $0 + $1 * $1 } / n).squareRoot()))
      #expect(
        isClose(
          measures.coverage,
          Double(known.indices.count { abs(error[$0]) <= 1.959964 * errors[known[$0]] }) / n))
      let synapses = known.filter { truth[$0] != 0 }
      let meanSquare =
        synapses.reduce(0) { $0 + truth[$1] * truth[$1] } / Double(synapses.count)
      let limits = synapses.map {
        2 / Double.pi * atan((1 + meanSquare / (errors[$0] * errors[$0])).squareRoot())
      }
      #expect(isClose(measures.areaLimit, limits.reduce(0, +) / Double(limits.count)))
      let adjusted = try FalseDiscoveryRate.adjusted(pairs.map { pValues[$0] })
      let discoveries = pairs.indices.filter { adjusted[$0] <= 0.05 }.map { pairs[$0] }
      let wrong = discoveries.count { truth[$0] == 0 }
      let present = pairs.count { truth[$0] != 0 }
      #expect(measures.falseDiscoveries == wrong && discoveries.count > 5)
      #expect(
        measures.falseDiscoveryFraction == Double(wrong) / Double(discoveries.count))
      #expect(
        isClose(
          measures.foundFraction, Double(discoveries.count - wrong) / Double(present)))
      // Products of all pairs of pairs, without means.
      var (both, first, second) = (0.0, 0.0, 0.0)
      for one in known {
        for other in known {
          let x = truth[one] - truth[other]
          let y = result.estimates[one] - result.estimates[other]
          both += x * y
          first += x * x
          second += y * y
        }
      }
      #expect(isClose(measures.correlation, both / (first * second).squareRoot(), to: 1e-9))
    }
    // Some interval holds its truth by less than three percent of its length, and some does not hold it.
    #expect(try found.contains { try RecoveryMeasures($0).coverage ?? 1 < 1 })
    #expect(try found.contains { try RecoveryMeasures($0).falseDiscoveries ?? 0 > 0 })
  }
}
