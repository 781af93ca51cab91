import Spiking
import SpikingTestCases
import Testing

/// Every standard error and every probability that a fit reports, against refits in Python, in bins of 0.5 ms.
@Suite struct InferenceTests {
  private struct Stored: Decodable {
    struct Bases: Decodable { let history, coupling, stimulus: String }
    struct Neuron: Decodable {
      let coefficients, standardErrors, likelihoodRatios, pValues, sandwichStandardErrors: [Double]
      let logLikelihood: Double
    }
    struct Family: Decodable {
      let family: String
      let neurons: [Neuron]
    }

    let dt, shape, ridge: Double
    let bases: Bases
    let fits: [Family]
  }

  private let stored: Stored
  private let recording: GoldenRecording

  init() throws {
    stored = try golden("inference")
    recording = try golden("fits_data")
  }

  private func fit(_ family: String, ridge: Double = 0) async throws -> CoupledFit {
    func run(
      _ nonlinearity: some Nonlinearity, _ emission: some Emission
    ) async throws -> CoupledFit {
      var fitter = CoupledFitter(
        nonlinearity, emission, history: try Catalogue.standard.basis(stored.bases.history),
        coupling: try Catalogue.standard.basis(stored.bases.coupling))
      if let basis = try Catalogue.standard.basis(stored.bases.stimulus) {
        fitter.stimuli = [
          StimulusCovariate("stimulus", values: recording.stimulus, basis: basis)
        ]
      }
      fitter.penalty.ridge = ridge
      fitter.hasStandardErrors = true
      fitter.minimizer.tolerance = 1e-9
      let spikes = try recording.spikes(clipped: family.hasPrefix("bernoulli"))
      return try await fitter.fit(
        BinnedSpikes(
          neurons: spikes.neurons, bins: spikes.bins, counts: spikes.counts,
          binCount: spikes.binCount, dt: stored.dt, networkOffsets: [0, 3], seed: nil))
    }
    return switch family {
    case "poisson-exp": try await run(Exponential(), PoissonEmission())
    case "poisson-softplus": try await run(Softplus(), PoissonEmission())
    case "bernoulli-logistic": try await run(Sigmoid(), BernoulliEmission())
    default: try await run(Exponential(), NegativeBinomialEmission(shape: stored.shape))
    }
  }

  @Test(arguments: 0..<4)
  func `standard errors and the tests of all inputs are those of refits`(index: Int) async throws {
    let expected = stored.fits[index]
    let fit = try await fit(expected.family)
    #expect(fit.warnings.isEmpty && fit.dt == stored.dt)
    for (neuron, values) in zip(fit.neurons, expected.neurons) {
      let place = "\(expected.family), neuron \(neuron.neuron)"
      #expect(abs(neuron.logLikelihood - values.logLikelihood) < 1e-7, "\(place)")
      for (one, other) in zip(neuron.coefficients, values.coefficients) {
        #expect(abs(one - other) < 1e-5, "\(place)")
      }
      let errors = try #require(neuron.standardErrors)
      try #require(errors.count == values.standardErrors.count)
      for (one, other) in zip(errors, values.standardErrors) {
        #expect(abs(one - other) < 1e-5 * other, "\(place)")
      }
      let pValues = try #require(neuron.pValues)
      try #require(pValues.count == values.pValues.count)
      // Half a degree of freedom more would be 1.3 to 2 times as much. The search of the nested fit ends 10⁻³
      // below its maximum, most of which is added: a probability is off by 0.5 % at most.
      for (one, other) in zip(pValues, values.pValues) {
        #expect(abs(one / other - 1) < 0.01, "\(place): \(one), \(other)")
      }
      #expect(neuron.pValue(of: .stimulus(0)) == pValues.last)
      #expect(neuron.pValue(of: .coupling(from: neuron.neuron)) == nil)
    }
  }

  @Test(arguments: 0..<4)
  func `under a ridge there is the sandwich, and no probability`(index: Int) async throws {
    let expected = stored.fits[index]
    for (neuron, values) in zip(
      try await fit(expected.family, ridge: stored.ridge).neurons, expected.neurons)
    {
      let errors = try #require(neuron.standardErrors)
      for (one, other) in zip(errors, values.sandwichStandardErrors) {
        #expect(abs(one - other) < 1e-5 * other, "\(expected.family)")
      }
      #expect(neuron.pValues == nil && neuron.pValue(of: .history) == nil)
    }
  }

  /// Where functions meet many spikes, Wald's test may stand for the ratio if it is above 0.1.
  @Test func `where Wald's test stands for the ratio it is close to it`() async throws {
    let spikes = try CoupledNeurons(Array(repeating: -2.5, count: 6)).spikes(bins: 20_000, seed: 31)
    let basis = RaisedCosineLogBasis(count: 2, window: 6)
    var fitter = CoupledFitter(history: basis, coupling: basis)
    fitter.hasStandardErrors = true
    let fit = try await fitter.fit(spikes)
    for neuron in fit.neurons {
      for group in neuron.columns.groups {
        var sources = Array(0..<6)
        var nested = fitter
        if case .coupling(let source) = group.input {
          sources.removeAll { $0 == source }
        } else {
          nested.history = nil
        }
        // Without the own spikes, which would go through the coupling basis.
        nested.mask = try ConnectionMask(
          (0..<36).map { sources.contains($0 / 6) && $0 / 6 != $0 % 6 }, neuronCount: 6)
        let without = try await nested.fit(
          spikes, segments: [0..<20_000], neurons: [neuron.neuron]
        ).neurons[0]
        let ratio = try LikelihoodRatioTest(
          logLikelihood: neuron.logLikelihood, nestedLogLikelihood: without.logLikelihood,
          degreesOfFreedom: 2)
        let pValue = try #require(neuron.pValue(of: group.input))
        #expect(
          abs(pValue / ratio.pValue - 1) < (pValue > 0.1 ? 0.2 : 0.01),
          "\(pValue), \(ratio.pValue)")
      }
    }
  }
}
