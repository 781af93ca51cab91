internal import Foundation
internal import Spiking

/// What `spiking fit` prints: a line for each neuron, and what the data could not tell.
struct FitTable {
  private let fit: CoupledFit
  /// The most lines of neurons.
  static let maximumNeurons = 50
  private static let maximumWarnings = 20

  init(_ fit: CoupledFit) { self.fit = fit }

  func print() throws {
    let header = [
      "neuron", "spikes", "baseline", "log-lik.", "bits/spike", "steps", "gradient", "stopped by",
    ]
    let rows = fit.neurons.prefix(Self.maximumNeurons).map(row)
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    for row in [header] + rows {
      let cells = zip(row, widths).map { text, width in
        String(repeating: " ", count: width - text.count) + text
      }
      Terminal.say(cells.joined(separator: "  "))
    }
    if fit.neurons.count > Self.maximumNeurons {
      Terminal.say("… and \(fit.neurons.count - Self.maximumNeurons) more neurons")
    }
    for line in Self.lines(of: fit.warnings) { Terminal.say(line) }
  }

  /// The first warnings, the more important kinds before the others, and how many of each kind there are more.
  private static func lines(of warnings: [FitWarning]) -> [String] {
    let ordered = FitWarning.Problem.allCases.flatMap { problem in
      warnings.filter { $0.problem == problem }
    }
    let rest = ordered.dropFirst(maximumWarnings)
    let counts = FitWarning.Problem.allCases.compactMap { problem in
      let count = rest.count { $0.problem == problem }
      return count > 0 ? "\(count) of \u{201c}\(problem.summary)\u{201d}" : nil
    }
    return ordered.prefix(maximumWarnings).map { "warning: \($0)" }
      + (rest.isEmpty
        ? [] : ["… and \(rest.count) more warnings: \(counts.joined(separator: ", "))"])
  }

  private func row(_ neuron: NeuronFit) -> [String] {
    let gain = neuron.logLikelihood - neuron.nullLogLikelihood
    let bits = neuron.spikeCount > 0 ? fixed(gain / Double(neuron.spikeCount) / log(2), 3) : "-"
    return [
      "\(neuron.neuron)", "\(neuron.spikeCount)", fixed(neuron.baseline, 3),
      fixed(neuron.logLikelihood, 1), bits, "\(neuron.certificate.iterations)",
      String(format: "%.1e", neuron.certificate.gradientNorm), neuron.certificate.reason.name,
    ]
  }

  /// The last lines: how many couplings there are, whether the network is stable, and where the fit is.
  static func printSummary(
    _ fit: CoupledFit, stability: [String], seconds: Double, output: String
  ) {
    for (term, pValues) in terms(of: fit) {
      guard let adjusted = try? FalseDiscoveryRate.adjusted(pValues), !adjusted.isEmpty else {
        continue
      }
      Terminal.say(
        "\(adjusted.count { $0 <= 0.05 }) of \(adjusted.count) \(term) at a false discovery rate of 5 %"
      )
    }
    if fit.penalty.ridge > 0, fit.neurons.contains(where: { $0.standardErrors != nil }) {
      Terminal.say(
        "no probabilities under a ridge, where they would be of another hypothesis; standard errors are of "
          + "the penalised estimates about their own mean, not about the truth")
    }
    for line in stability { Terminal.say(line) }
    let couplings = fit.neurons.reduce(0) { $0 + $1.columns.couplings.count }
    Terminal.say("\(couplings) couplings of \(fit.neuronCount) neurons fitted")
    let converged = fit.neurons.count { $0.certificate.hasConverged }
    Terminal.say(
      "\(converged) of \(fit.neurons.count) fits converged, \(fit.binsUsed) bins of \(fit.dt) ms, "
        + "\(fixed(seconds, 3)) s, in \(output)")
  }

  /// The probabilities of each kind of input, those of stimuli by their names.
  private static func terms(of fit: CoupledFit) -> [(name: String, pValues: [Double])] {
    func pValues(_ inputs: (FitColumns) -> [FitColumns.Group.Input]) -> [Double] {
      fit.neurons.flatMap { neuron in
        inputs(neuron.columns).compactMap { neuron.pValue(of: $0) }
      }
    }
    return [
      ("couplings", pValues { $0.couplings.map(\.input) }),
      ("history filters", pValues { [.history, .coupling(from: $0.neuron)] }),
    ]
      + fit.stimulusNames.enumerated().map { number, name in
        ("filters of \(name)", pValues { _ in [.stimulus(number)] })
      }
  }
}

/// A number with a fixed number of decimals.
func fixed(_ value: Double, _ digits: Int) -> String {
  // The sign of what is not a number says nothing.
  (value.isNaN ? .nan : value)
    .formatted(.number.precision(.fractionLength(digits)).grouping(.never))
}
