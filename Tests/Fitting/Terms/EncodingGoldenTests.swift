import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Every kind of term against explicit design matrices, fitted by statsmodels.
@Suite struct EncodingGoldenTests {
  private struct File: Decodable {
    let cases: [Case]
  }

  private struct Case: Decodable {
    let name: String
    let counts: [Int]
    let evaluated: [Int]
    let baseline: Double
    let weights: [String: [Double]]
    let standardErrors: StandardErrors
    let logLikelihood: Double

    enum CodingKeys: String, CodingKey {
      case name, counts, evaluated, baseline, weights
      case standardErrors = "standard_errors"
      case logLikelihood = "log_likelihood"
    }
  }

  private struct StandardErrors: Decodable {
    let baseline: Double
    let weights: [String: [Double]]

    init(from decoder: any Decoder) throws {
      let fields = try decoder.singleValueContainer().decode([String: Lenient<[Double]>].self)
      let numbers = try decoder.singleValueContainer().decode([String: Lenient<Double>].self)
      baseline = numbers["baseline"]?.value ?? .nan
      weights = fields.compactMapValues(\.value)
    }
  }

  private static let names = [
    "history", "tuning", "cyclic tuning", "place", "event", "event with a lead", "event of trials",
    "scaled event", "event by category", "category", "category, sums", "tuning by category",
    "drift",
    "boxcar", "linear", "filtered", "offset", "product", "mixed", "mixed, more",
  ]

  @Test(arguments: names)
  func `a fit is that of an explicit design matrix`(_ name: String) async throws {
    let golden: File = try golden("encoding")
    #expect(golden.cases.map(\.name) == Self.names)
    let expected = try #require(golden.cases.first { $0.name == name })
    let recording: EncodedRecording = try SpikingTestCases.golden("encoding_data")
    let session = try recording.session([expected.counts])
    let design = try GoldenDesigns.design(name, in: "encoding")
    let fit = try await design.fit(session) {
      $0.hasStandardErrors = true
      // Some weights have standard errors of 5, and a search may end 10⁻⁷ √bins of them from its end.
      $0.minimizer.tolerance = 1e-9
    }
    let neuron = fit.neurons[0]
    #expect(neuron.certificate.hasConverged)
    #expect(neuron.warnings.isEmpty, "\(neuron.warnings)")
    #expect(fit.binsUsed == expected.evaluated[1] - expected.evaluated[0])
    // Rates are in spikes per ms, those of the golden values in spikes a bin.
    #expect(abs(neuron.baseline - (expected.baseline - log(10))) < 1e-6)
    #expect(abs(neuron.logLikelihood - expected.logLikelihood) < 1e-7)
    let errors = try #require(neuron.standardErrors)
    #expect(abs(errors[0] / expected.standardErrors.baseline - 1) < 1e-4)
    for (term, weights) in expected.weights {
      let input = GoldenDesigns.input(term, of: fit)
      let found = neuron.weights(of: input)
      #expect(found.count == weights.count)
      for (found, expected) in zip(found, weights) { #expect(abs(found - expected) < 1e-6) }
      let columns = try #require(neuron.columns.columns(of: input))
      let own = try #require(expected.standardErrors.weights[term])
      for (found, expected) in zip(errors[columns], own) {
        #expect(abs(found / expected - 1) < 1e-4, "\(term)")
      }
    }
    let known = neuron.columns.groups.reduce(0) { $0 + $1.columns.count }
    #expect(known == expected.weights.values.reduce(0) { $0 + $1.count })
  }

  @Test func `a fit of a design is what it was after it was stored`() async throws {
    let golden: File = try golden("encoding")
    let folder = try FormatsFolder()
    for name in ["mixed, more", "product", "event by category"] {
      let expected = try #require(golden.cases.first { $0.name == name })
      let recording: EncodedRecording = try SpikingTestCases.golden("encoding_data")
      let session = try recording.session([expected.counts])
      let design = try GoldenDesigns.design(name, in: "encoding")
      let fit = try await design.fit(session)
      try fit.write(to: folder("fit.npz"))
      let stored = try CoupledFit(contentsOf: folder("fit.npz"))
      #expect(stored == fit)
      #expect(stored.design == fit.design)
      let resolved = try design.resolved(in: session)
      #expect(fit.design == resolved)
    }
  }
}

/// Designs and inputs of the golden values.
enum GoldenDesigns {
  /// The design of a case, or of a name among the designs of a file.
  static func design(_ name: String, in file: String) throws -> Design {
    let data = try Data(contentsOf: URL(filePath: TestFiles.golden("\(file).json")))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let cases = object["cases"] as? [[String: Any]] ?? []
    let designs = object["designs"] as? [String: [String: Any]] ?? [:]
    let found = designs[name] ?? cases.first { $0["name"] as? String == name }
    let terms = try #require(found?["design"] as? [Any])
    let text = try JSONSerialization.data(withJSONObject: ["terms": terms])
    return try DesignFile(json: String(decoding: text, as: UTF8.self)).design
  }

  /// The input that a term is to a fit.
  static func input(_ term: String, of fit: CoupledFit) -> FitColumns.Group.Input {
    if let number = fit.stimulusNames.firstIndex(of: term) { return .stimulus(number) }
    return term == "history" ? .history : .term(term)
  }
}
