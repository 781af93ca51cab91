import Spiking
import SpikingTestCases
import Testing

@Suite struct ClassificationTests {
  private struct Golden: Decodable {
    struct Adjustment: Decodable {
      let name: String
      let p, adjusted: [Double]
    }
    struct Characteristic: Decodable {
      let name: String
      let scores: [Double]
      let truth: [Bool]
      let area: Double
      let thresholds, falsePositiveRates, truePositiveRates: [Double]
    }
    let falseDiscovery: [Adjustment]
    let characteristics: [Characteristic]
  }

  @Test func `adjusted p-values equal those of scipy`() throws {
    let cases = try golden("classification", as: Golden.self).falseDiscovery
    #expect(cases.count == 3)
    for golden in cases {
      let adjusted = try FalseDiscoveryRate.adjusted(golden.p)
      #expect(adjusted.count == golden.p.count)
      for (value, expected) in zip(adjusted, golden.adjusted) {
        #expect(abs(value - expected) <= 1e-12 * expected, "\(golden.name)")
      }
    }
    // The example of 1995: at a rate of 0.05 the four smallest are discoveries.
    #expect(try FalseDiscoveryRate.adjusted(cases[1].p).count { $0 <= 0.05 } == 4)
    #expect(try FalseDiscoveryRate.adjusted([]) == [])
  }

  @Test func `p-values outside their range are errors`() {
    for wrong in [Double.nan, -0.1, 1.1, .infinity] {
      let error = #expect(throws: SpikingError.self) {
        try FalseDiscoveryRate.adjusted([0.5, wrong])
      }
      #expect(error?.subject == "p-values[1]")
    }
  }

  /// 900 tests of nothing and 100 of something, 200 times over.
  @Test func `the rate of false discoveries is kept`() throws {
    var fractions: [Double] = []
    for repetition in 0..<200 {
      var stream = RandomSource(seed: 12).stream(repetition)
      let values = (0..<1000).map { index in
        let shift = index < 900 ? 0.0 : 3
        return 1 - SpecialFunctions.normalCumulative(stream.normal() + shift)
      }
      let found = try FalseDiscoveryRate.adjusted(values).indices(where: { $0 <= 0.1 })
        .ranges.flatMap(\.self)
      fractions.append(Double(found.count { $0 < 900 }) / Double(max(found.count, 1)))
      #expect(found.count > 30)
    }
    // On average 0.1 · 900/1000.
    let (mean, error) = meanAndError(fractions)
    #expect(abs(mean - 0.09) < 4 * error && error < 0.005)
  }

  @Test func `curves and areas equal direct counts and scipy's U`() throws {
    let cases = try golden("classification", as: Golden.self).characteristics
    #expect(cases.count == 4)
    for golden in cases {
      let result = try ReceiverOperatingCharacteristic(
        evidence: golden.scores, truth: golden.truth)
      #expect(abs(try #require(result.area) - golden.area) < 1e-14, "\(golden.name)")
      #expect(result.curve[0].falsePositiveRate == 0 && result.curve[0].truePositiveRate == 0)
      let curve = result.curve.dropFirst()
      #expect(curve.map(\.threshold) == golden.thresholds, "\(golden.name)")
      #expect(curve.map(\.falsePositiveRate) == golden.falsePositiveRates, "\(golden.name)")
      #expect(curve.map(\.truePositiveRate) == golden.truePositiveRates, "\(golden.name)")
      #expect(result.positives + result.negatives == golden.truth.count)
      // The area is that under the straight lines of the curve.
      let lines = zip(result.curve, curve).reduce(0) { sum, ends in
        sum + (ends.1.falsePositiveRate - ends.0.falsePositiveRate)
          * (ends.1.truePositiveRate + ends.0.truePositiveRate) / 2
      }
      #expect(abs(lines - golden.area) < 1e-12, "\(golden.name)")
    }
  }

  @Test func `areas that are undefined are nil, and evidence are checked`() throws {
    for truth in [[], [true, true], [false]] {
      let result = try ReceiverOperatingCharacteristic(
        evidence: truth.map { _ in 1 }, truth: truth)
      #expect(result.area == nil && result.curve.isEmpty)
    }
    let infinite = try ReceiverOperatingCharacteristic(
      evidence: [.infinity, -.infinity, 0], truth: [true, false, false])
    #expect(infinite.area == 1)
    #expect(throws: SpikingError.self) {
      try ReceiverOperatingCharacteristic(evidence: [1], truth: [])
    }
    let error = #expect(throws: SpikingError.self) {
      try ReceiverOperatingCharacteristic(evidence: [1, .nan], truth: [true, false])
    }
    #expect(error?.description == "evidence[1]: found nan, expected a number")
  }
}
