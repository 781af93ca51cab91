internal import Foundation
internal import Spiking

/// What `spiking fit` prints: a line for each neuron, and what the data could not tell.
struct FitTable {
  private let fit: CoupledFit
  /// The most lines of neurons, and of warnings.
  private static let maximumLines = 50

  init(_ fit: CoupledFit) { self.fit = fit }

  func print() throws {
    let header = [
      "neuron", "spikes", "baseline", "log-lik.", "bits/spike", "steps", "gradient", "stopped by",
    ]
    let rows = fit.neurons.prefix(Self.maximumLines).map(row)
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    for row in [header] + rows {
      let cells = zip(row, widths).map { text, width in
        String(repeating: " ", count: width - text.count) + text
      }
      Swift.print(cells.joined(separator: "  "))
    }
    if fit.neurons.count > Self.maximumLines {
      Swift.print("… and \(fit.neurons.count - Self.maximumLines) more neurons")
    }
    for warning in fit.warnings.prefix(Self.maximumLines) { Swift.print("warning: \(warning)") }
    if fit.warnings.count > Self.maximumLines {
      Swift.print("… and \(fit.warnings.count - Self.maximumLines) more warnings")
    }
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
    let pValues = fit.neurons.flatMap { neuron in
      zip(neuron.columns.groups, neuron.pValues ?? []).compactMap { group, pValue in
        if case .coupling = group.input { pValue } else { nil }
      }
    }
    if let adjusted = try? FalseDiscoveryRate.adjusted(pValues), !adjusted.isEmpty {
      Swift.print(
        "\(adjusted.count { $0 <= 0.05 }) of \(adjusted.count) couplings at a false discovery rate of 5 %"
      )
    }
    for line in stability { Swift.print(line) }
    let couplings = fit.neurons.flatMap(\.columns.groups).count { group in
      if case .coupling = group.input { true } else { false }
    }
    Swift.print("\(couplings) couplings of \(fit.neuronCount) neurons fitted")
    let converged = fit.neurons.count { $0.certificate.hasConverged }
    Swift.print(
      "\(converged) of \(fit.neurons.count) fits converged, \(fit.binsUsed) bins of \(fit.dt) ms, "
        + "\(fixed(seconds, 3)) s, in \(output)")
  }
}

/// A number with a fixed number of decimals.
func fixed(_ value: Double, _ digits: Int) -> String {
  // The sign of what is not a number says nothing.
  (value.isNaN ? .nan : value)
    .formatted(.number.precision(.fractionLength(digits)).grouping(.never))
}
