import Foundation
import Spiking
import SpikingTestCases
import Testing

@Suite struct FitDescriptionTests {
  private let basis = RaisedCosineLinearBasis(count: 2, window: 6)

  private func fit(_ neuronCount: Int, silent: Int = 0) async throws -> CoupledFit {
    let baselines = (0..<neuronCount).map { $0 < silent ? -40.0 : -2 }
    let spikes = try CoupledNeurons(baselines).spikes(bins: 500, seed: 3)
    return try await CoupledFitter(history: basis).fit(spikes)
  }

  @Test func `a fit prints as a table of at most thirty lines`() async throws {
    let fit = try await fit(3, silent: 1)
    let lines = fit.description.split(separator: "\n")
    #expect(lines.count == 7)
    #expect(lines[0] == "3 of 3 neurons, 0 couplings, 494 bins of 1 ms")
    #expect(lines[1] == "history: raised-cosine-linear, 2 functions over 6 bins")
    #expect(
      lines[2] == "neuron  spikes  baseline  log-lik.  bits/spike  steps  gradient  stopped by")
    #expect(lines[3].hasPrefix("     0       0    -6.89"))
    #expect(lines[4].hasPrefix("     1") && lines[4].hasSuffix("gradient"))
    #expect(lines[6].hasPrefix("warning: neuron 0: no spikes"))
    #expect(Set(lines[2...5].map(\.count)).count == 1)

    let large = try await self.fit(40, silent: 12)
    let many = large.description.split(separator: "\n")
    #expect(many.count == 30)
    #expect(many[23] == "… and 20 more neurons")
    #expect(many[29].hasPrefix("… and 7 more warnings: "))
  }

  @Test func `a neuron's fit says how well it is known`() async throws {
    let fit = try await fit(2)
    let neuron = fit.neurons[1]
    let bits = try #require(neuron.bitsPerSpike)
    #expect(
      "\(neuron)".hasPrefix(
        "neuron 1: \(neuron.spikeCount) spikes, baseline −")
        && "\(neuron)".contains(" bits/spike, 3 free coefficients, gradient ")
        && "\(neuron)".hasSuffix("stopped by gradient"))
    #expect(
      abs(
        bits * Double(neuron.spikeCount) * log(2) - neuron.logLikelihood
          + neuron.nullLogLikelihood) < 1e-9)
    #expect("\(neuron.columns)" == "neuron 1: 3 columns of 1 filter")
    let matrix = try BasisMatrix(basis)
    #expect("\(matrix)" == "raised-cosine-linear, 2 functions over 6 bins")
    #expect("\(Penalty())" == "no penalty")
    #expect("\(Penalty(ridge: 0.5, groupLasso: 1e-5))" == "ridge 0.5, group lasso 1e-05")
    #expect("\(RateEstimate(rate: 8.213, standardError: 0.118))" == "8.21 ± 0.12 Hz")
  }

  @Test func `fits come back from JSON as they were, and no others`() async throws {
    let fit = try await fit(3, silent: 1)
    let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
    #expect(
      try decoder.decode([NeuronFit].self, from: encoder.encode(fit.neurons)) == fit.neurons)
    let text = String(decoding: try encoder.encode(fit.neurons[1]), as: UTF8.self)
    let shorter = text.replacing(#/"coefficients":\[[^,]*,/#, with: "\"coefficients\":[")
    #expect(shorter != text)
    let error = #expect(throws: SpikingError.self) {
      try decoder.decode(NeuronFit.self, from: Data(shorter.utf8))
    }
    #expect(error?.description.hasPrefix("fit of neuron 1: found 2 coefficients") == true)
    let penalty = Penalty(ridge: 1e-3)
    #expect(try decoder.decode(Penalty.self, from: encoder.encode(penalty)) == penalty)
    #expect(throws: SpikingError.self) {
      try decoder.decode(
        TrialRuns.self, from: Data(#"{"count":0,"runawayCount":0,"duration":1}"#.utf8))
    }
  }
}
