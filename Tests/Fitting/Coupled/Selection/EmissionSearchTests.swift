import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Parameters of emissions that are fitted with the coefficients.
@Suite struct EmissionSearchTests {
  private struct File: Decodable {
    let cases: [Case]
  }

  private struct Case: Decodable {
    let name: String
    let counts: [Int]
    let baseline: Double
    let weights: [String: [Double]]
    let shape: Double
    let logError: Double
    let logLikelihood: Double

    enum CodingKeys: String, CodingKey {
      case name, counts, baseline, weights, shape
      case logError = "log_error"
      case logLikelihood = "log_likelihood"
    }
  }

  private static let names = ["strongly varying", "weakly varying", "history"]

  @Test(arguments: names)
  func `the shape of counts is that of statsmodels`(_ name: String) async throws {
    let golden: File = try golden("shape")
    #expect(golden.cases.map(\.name) == Self.names)
    let expected = try #require(golden.cases.first { $0.name == name })
    let recording: EncodedRecording = try SpikingTestCases.golden("encoding_data")
    let session = try recording.session([expected.counts])
    let design = try GoldenDesigns.design(name, in: "shape")
    var fitter = try CoupledFitter(
      Exponential(), NegativeBinomialEmission(shape: 50), design: design, in: session)
    fitter.minimizer.tolerance = 1e-9
    let found = try await fitter.fit(session.spikes, finding: "shape")
    #expect(found.name == "shape")
    // A parabola through points 0.2 % apart.
    #expect(abs(log(found.value / expected.shape)) < 1e-5)
    #expect(abs(found.logStandardError / expected.logError - 1) < 1e-3)
    let fit = found.fit
    #expect((fit.emission as? NegativeBinomialEmission)?.shape == found.value)
    let neuron = fit.neurons[0]
    #expect(abs(neuron.logLikelihood - expected.logLikelihood) < 1e-6)
    #expect(abs(neuron.baseline - (expected.baseline - log(10))) < 1e-5)
    for (term, weights) in expected.weights {
      let own = neuron.weights(of: GoldenDesigns.input(term, of: fit))
      #expect(own.count == weights.count)
      for (found, expected) in zip(own, weights) { #expect(abs(found - expected) < 1e-5) }
    }
  }

  @Test
  func `neurons share the shape that makes all of them most likely, on any number of threads`()
    async throws
  {
    let spikes = try counts(shape: 2, neurons: 5, bins: 3000)
    let fitter = CoupledFitter(
      Exponential(), NegativeBinomialEmission(), history: RaisedCosineLogBasis(count: 3, window: 10)
    )
    let one = try await fitter.fit(spikes, finding: "shape", execution: .init(threads: 1))
    #expect(try await fitter.fit(spikes, finding: "shape", execution: .init(threads: 3)) == one)
    // Within four standard errors of the truth.
    #expect(abs(log(one.value / 2)) < 4 * one.logStandardError)
    for factor in [0.98, 1.02] {
      var other = fitter
      other.emission.shape = one.value * factor
      #expect(try await other.fit(spikes).logLikelihood < one.fit.logLikelihood)
    }
  }

  @Test func `counts that vary as Poisson counts do have a shape at the end of the range`()
    async throws
  {
    let spikes = try counts(shape: nil, neurons: 1, bins: 3000)
    let fitter = CoupledFitter(Exponential(), NegativeBinomialEmission(shape: 3))
    let found = try await fitter.fit(spikes, finding: "shape")
    // Of Poisson counts the best shape is infinite in half of all recordings, else large.
    #expect(found.value > 20)
    #expect(found.value < 0.99e6 || found.logStandardError == .infinity)
  }

  @Test func `a parameter that there is not is told`() async throws {
    let spikes = try counts(shape: nil, neurons: 1, bins: 100)
    let error = await #expect(throws: SpikingError.self) {
      try await CoupledFitter(Exponential(), NegativeBinomialEmission())
        .fit(spikes, finding: "width")
    }
    #expect(error?.code == .invalidParameter)
    #expect(error?.description.contains("\"width\"") == true)
    #expect(error?.description.contains("shape") == true)
    await #expect(throws: SpikingError.self) {
      try await CoupledFitter(Exponential(), PoissonEmission()).fit(spikes, finding: "shape")
    }
  }

  /// Counts of mean 0.6 a bin; nil for Poisson counts.
  private func counts(shape: Double?, neurons: Int, bins: Int) throws -> BinnedSpikes {
    var random = RandomSource(seed: 5).stream(7)
    return try binnedSpikes(
      counts: (0..<bins).map { _ in
        (0..<neurons).map { _ in
          shape.map { NegativeBinomialEmission(shape: $0).sample(mean: 0.6, using: &random) }
            ?? PoissonEmission().sample(mean: 0.6, using: &random)
        }
      }, dt: 10)
  }
}
