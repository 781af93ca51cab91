import Foundation
import Spiking
import SpikingTestCases
import Testing

@Suite struct GoodnessTests {
  private struct Golden: Decodable {
    struct Ratio: Decodable {
      let logLikelihood, nested: Double
      let degrees: Int
      let p: Double
    }
    let likelihoodRatios: [Ratio]
  }

  private func goodness(
    _ model: Double, null: Double, saturated: Double? = 0, spikes: Int = 100, bins: Int = 5000,
    parameters: Int = 3
  ) throws -> GoodnessOfFit {
    try GoodnessOfFit(
      logLikelihood: model, nullLogLikelihood: null, saturatedLogLikelihood: saturated,
      spikeCount: spikes, binCount: bins, parameterCount: parameters)
  }

  @Test func `measures of goodness follow their formulas`() throws {
    let goodness = try goodness(-300, null: -400, saturated: -50)
    #expect(goodness.deviance == 500 && goodness.nullDeviance == 700)
    #expect(goodness.mcFaddenPseudoRSquared == 0.25)
    #expect(goodness.cohenPseudoRSquared == 2.0 / 7)
    #expect(abs(try #require(goodness.bitsPerSpike) - 1.4426950408889634) < 1e-14)
    #expect(goodness.akaikeInformationCriterion == 606)
    #expect(abs(try #require(goodness.bayesianInformationCriterion) - 625.5515795742487) < 1e-10)
  }

  /// A constant rate has goodness 0; a rate known in every bin has the information of the rate.
  @Test func `bits per spike are the information of the rate`() throws {
    // Half the bins with probability 0.3, half with 0.1, spikes in exact proportion.
    let (high, low, mean) = (0.3, 0.1, 0.2)
    let bins = 20_000
    func logLikelihood(_ p: Double, _ spikes: Double, _ silent: Double) -> Double {
      spikes * log(p) + silent * log(1 - p)
    }
    let null = logLikelihood(mean, 4000, 16_000)
    let model = logLikelihood(high, 3000, 7000) + logLikelihood(low, 1000, 9000)
    let entropy = { (p: Double) in -(p * log2(p) + (1 - p) * log2(1 - p)) }
    let information = (entropy(mean) - (entropy(high) + entropy(low)) / 2) / mean
    let goodness = try goodness(model, null: null, spikes: 4000, bins: bins)
    #expect(abs(try #require(goodness.bitsPerSpike) - information) < 1e-12)
    #expect(abs(information - 0.23392) < 1e-5)
    // ℓₛ = 0, so that the two are one.
    let pseudo = try (
      #require(goodness.mcFaddenPseudoRSquared), #require(goodness.cohenPseudoRSquared)
    )
    #expect(abs(pseudo.0 - pseudo.1) < 1e-15 && pseudo.0 > 0.06)
    let constant = try self.goodness(null, null: null)
    #expect(constant.bitsPerSpike == 0 && constant.mcFaddenPseudoRSquared == 0)
    #expect(constant.cohenPseudoRSquared == 0)
  }

  @Test func `measures that are undefined are nil`() throws {
    let silent = try goodness(0, null: 0, spikes: 0, bins: 0, parameters: 0)
    #expect(silent.mcFaddenPseudoRSquared == nil && silent.cohenPseudoRSquared == nil)
    #expect(silent.bitsPerSpike == nil && silent.bayesianInformationCriterion == nil)
    #expect(silent.deviance == 0 && silent.akaikeInformationCriterion == 0)
    let impossible = try goodness(-.infinity, null: -10)
    #expect(impossible.deviance == nil && impossible.nullDeviance == 20)
    #expect(impossible.mcFaddenPseudoRSquared == nil && impossible.cohenPseudoRSquared == nil)
    #expect(impossible.bitsPerSpike == nil && impossible.akaikeInformationCriterion == nil)
    let unsaturated = try goodness(-10, null: -20, saturated: nil)
    #expect(unsaturated.deviance == nil && unsaturated.cohenPseudoRSquared == nil)
    #expect(unsaturated.mcFaddenPseudoRSquared == 0.5)
    #expect(throws: SpikingError.self) { try goodness(.nan, null: -1) }
    #expect(throws: SpikingError.self) { try goodness(-1, null: -1, spikes: -1) }
  }

  @Test func `likelihood ratios have the p-values of scipy`() throws {
    let ratios = try golden("classification", as: Golden.self).likelihoodRatios
    #expect(ratios.count == 5)
    for ratio in ratios {
      let test = try LikelihoodRatioTest(
        logLikelihood: ratio.logLikelihood, nestedLogLikelihood: ratio.nested,
        degreesOfFreedom: ratio.degrees)
      #expect(abs(test.pValue - ratio.p) <= 1e-10 * ratio.p, "\(ratio)")
    }
    let rounding = try LikelihoodRatioTest(
      logLikelihood: -10.000000001, nestedLogLikelihood: -10, degreesOfFreedom: 2)
    #expect(rounding.statistic == 0 && rounding.pValue == 1)
    for (model, nested, degrees) in [
      (-Double.infinity, -1.0, 1), (-1, -.infinity, 1), (.nan, -1, 1), (-1, -2, 0),
    ] {
      #expect(throws: SpikingError.self) {
        try LikelihoodRatioTest(
          logLikelihood: model, nestedLogLikelihood: nested, degreesOfFreedom: degrees)
      }
    }
  }
}
