import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Penalties of terms against solvers in Python, and NeMoS's objective where it has the penalty.
@Suite struct PenaltyGoldenTests {
  private struct File: Decodable {
    let cases: [Case]
    let designs: [String: Counts]
  }

  private struct Counts: Decodable {
    let counts: [Int]
  }

  private struct Point: Decodable {
    let objective: Double
    let baseline: Double
    let weights: [String: [Double]]
  }

  private struct Case: Decodable {
    let name: String
    let design: String
    let penalties: [String: [String: Double]]
    let objective: Double
    let logLikelihood: Double
    let baseline: Double
    let weights: [String: [Double]]
    let standardErrors: [String: Lenient<[Double]>]?
    let nemos: Point?

    private enum CodingKeys: String, CodingKey {
      case name, design, penalties, objective, baseline, weights, nemos
      case logLikelihood = "log_likelihood"
      case standardErrors = "standard_errors"
    }
  }

  private static func penalty(_ strengths: [String: Double]) -> Penalty {
    Penalty(
      ridge: strengths["ridge"] ?? 0, lasso: strengths["lasso"] ?? 0,
      groupLasso: strengths["group"] ?? 0, smooth: strengths["smooth"] ?? 0,
      order: Int(strengths["order"] ?? 1))
  }

  @Test func `penalised fits are those of direct solves, and of NeMoS`() async throws {
    let golden: File = try golden("penalties")
    #expect(golden.cases.count == 13)
    let recording: EncodedRecording = try SpikingTestCases.golden("encoding_data")
    for expected in golden.cases {
      let session = try recording.session([try #require(golden.designs[expected.design]).counts])
      var design = try GoldenDesigns.design(expected.design, in: "penalties")
      for index in design.parts.indices {
        design.parts[index].penalty = Self.penalty(
          expected.penalties[design.parts[index].name] ?? [:])
      }
      var fitter = try CoupledFitter(Exponential(), PoissonEmission(), design: design, in: session)
      fitter.hasStandardErrors = expected.standardErrors != nil
      let fit = try await fitter.fit(session.spikes)
      let neuron = fit.neurons[0]
      #expect(neuron.certificate.hasConverged && neuron.warnings.isEmpty, "\(expected.name)")
      #expect(abs(neuron.logLikelihood - expected.logLikelihood) < 1e-4, "\(expected.name)")
      let objective = try fitter.objective(of: 0, in: session.spikes)
      #expect(abs(objective(neuron.coefficients).value - expected.objective) < 1e-9)
      var coefficients = neuron.coefficients
      coefficients[0] = expected.baseline - log(10)
      for (term, weights) in expected.weights {
        let input = GoldenDesigns.input(term, of: fit)
        let columns = try #require(neuron.columns.columns(of: input))
        for (column, weight) in zip(columns, weights) {
          coefficients[column] = weight
          // A minimum that is 10⁻⁹ above the other one may lie 10⁻⁴ aside.
          #expect(abs(neuron.coefficients[column] - weight) < 3e-4, "\(expected.name), \(term)")
        }
        if let own = expected.standardErrors?[term]?.value {
          let errors = try #require(neuron.standardErrors)
          for (found, expected) in zip(errors[columns], own) {
            #expect(abs(found / expected - 1) < 1e-4, "\(term)")
          }
        }
      }
      // The very point of the other solver.
      #expect(abs(objective(coefficients).value - expected.objective) < 1e-10, "\(expected.name)")
      guard let nemos = expected.nemos else { continue }
      coefficients[0] = nemos.baseline - log(10)
      for (term, weights) in nemos.weights {
        let columns = neuron.columns.columns(of: GoldenDesigns.input(term, of: fit)) ?? 0..<0
        for (column, weight) in zip(columns, weights) { coefficients[column] = weight }
      }
      #expect(abs(objective(coefficients).value - nemos.objective) < 1e-9, "\(expected.name)")
    }
  }
}
