import Spiking
import SpikingTestCases
import Testing

/// Coupled fits against statsmodels, NeMoS and a solver in Python.
@Suite struct CoupledFitGoldenTests {
  private let stored: GoldenFits
  private let recording: GoldenRecording

  init() throws {
    stored = try golden("fits")
    recording = try golden("fits_data")
  }

  @Test(arguments: 0..<8)
  func `coefficients, standard errors and likelihoods equal those of statsmodels`(
    index: Int
  ) async throws {
    let expected = stored.fits[index]
    let fit = try await stored.fit(
      expected.family, to: recording, stimulus: expected.stimulus ?? false,
      offset: expected.offset ?? false, segments: expected.ranges, hasStandardErrors: true)
    #expect(fit.binsUsed == expected.bins)
    #expect(fit.warnings.isEmpty)
    for (neuron, values) in zip(fit.neurons, expected.neurons) {
      #expect(neuron.certificate.hasConverged)
      let standardErrors = try #require(neuron.standardErrors)
      let expectedErrors = values.expectedStandardErrors ?? values.standardErrors ?? []
      try #require(neuron.coefficients.count == values.coefficients.count)
      for (column, coefficient) in values.coefficients.enumerated() {
        let place = "\(expected.family), neuron \(neuron.neuron), column \(column)"
        #expect(abs(neuron.coefficients[column] - coefficient) <= 1e-6, "\(place)")
        #expect(
          abs(standardErrors[column] - expectedErrors[column]) <= 1e-4 * expectedErrors[column],
          "\(place)")
      }
      #expect(abs(neuron.logLikelihood - values.logLikelihood) <= 1e-8)
    }
  }

  @Test(arguments: 0..<4)
  func `penalised fits reach the least objective, that of NeMoS or below`(
    index: Int
  ) async throws {
    let expected = stored.penalised[index]
    let fit = try await stored.fit("poisson-exp", to: recording, penalty: expected.strengths)
    for (neuron, values) in zip(fit.neurons, expected.neurons) {
      #expect(neuron.certificate.hasConverged, "\(expected.penalty) \(neuron.certificate)")
      let objective = self.objective(neuron, expected.strengths, bins: expected.bins)
      #expect(objective <= (try #require(values.objective)) + 1e-12)
      #expect(objective <= (try #require(values.nemos)).objective + 1e-9)
      for (column, coefficient) in values.coefficients.enumerated() {
        #expect(
          abs(neuron.coefficients[column] - coefficient) <= 1e-6,
          "\(expected.penalty), neuron \(neuron.neuron), column \(column)")
        // What is not there is not there at all.
        #expect((neuron.coefficients[column] == 0) == (coefficient == 0))
      }
    }
  }

  @Test func `the sandwich under a ridge penalty equals the same in Python`() async throws {
    let expected = stored.penalised[0]
    let fit = try await stored.fit(
      "poisson-exp", to: recording, neurons: [0], penalty: expected.strengths,
      hasStandardErrors: true)
    let found = try #require(fit.neurons[0].standardErrors)
    let errors = try #require(expected.neurons[0].sandwichStandardErrors)
    for (one, other) in zip(found, errors) { #expect(abs(one - other) <= 1e-6 * other) }
  }

  @Test func `the rectifier's fit is as likely, although it ends where bins have no rate`()
    async throws
  {
    let fit = try await stored.fit("poisson-rectifier", to: recording)
    for (neuron, values) in zip(fit.neurons, stored.rectifier.neurons) {
      #expect(neuron.logLikelihood <= values.logLikelihood + 1e-6)
      #expect(neuron.logLikelihood >= values.logLikelihood - 0.05, "neuron \(neuron.neuron)")
    }
  }

  private func objective(_ fit: NeuronFit, _ penalty: Penalty, bins: Int) -> Double {
    var value = -fit.logLikelihood / Double(bins)
    for group in fit.columns.groups {
      let weights = fit.coefficients[group.columns]
      let squares = weights.reduce(0) { $0 + $1 * $1 }
      value += 0.5 * penalty.ridge * squares
      value += penalty.lasso * weights.reduce(0) { $0 + abs($1) }
      value += penalty.groupLasso * (squares * Double(weights.count)).squareRoot()
    }
    return value
  }
}
