internal import Foundation
internal import SpikingFramework

extension CoupledFit: CustomStringConvertible {
  /// What was fitted, a table with a line for each neuron, and what the data could not tell: thirty lines at most.
  public var description: String {
    let couplings = neurons.reduce(0) { $0 + $1.columns.couplings.count }
    let title =
      "\(neurons.count) of \(counted(neuronCount, "neuron")), \(counted(couplings, "coupling")), "
      + "\(counted(binsUsed, "bin")) of \(brief(dt)) ms"
    let warnings = FitWarning.lines(of: warnings, limit: 5)
    let bases = basisLines(limit: 5)
    // The title, the header and the last line of the table.
    let rows = maximumDescriptionLines - bases.count - warnings.count - 3
    return ([title] + bases + table(limit: rows) + warnings).joined(separator: "\n")
  }

  /// A line for each input that has a basis, "coupling: raised-cosine-log, 5 functions over 20 bins", and how many
  /// there are beyond the limit.
  private func basisLines(limit: Int) -> [String] {
    let inputs =
      [("history", history), ("coupling", coupling)]
      + zip(stimulusNames, stimuli.map(Optional.some))
    let lines = inputs.compactMap { name, basis in basis.map { "\(name): \($0)" } }
    return lines.count <= limit
      ? lines
      : lines.prefix(limit - 1) + ["… and \(counted(lines.count - limit + 1, "more filter"))"]
  }

  /// A line for each neuron, of so many of them at most, after the names of the columns.
  package func table(limit: Int) -> [String] {
    TextTable(
      [
        "neuron", "spikes", "baseline", "log-lik.", "bits/spike", "steps", "gradient", "stopped by",
      ], neurons, limit: limit
    ) { neuron in
      [
        "\(neuron.neuron)", "\(neuron.spikeCount)", fixed(neuron.baseline, 3),
        fixed(neuron.logLikelihood, 1), neuron.bitsPerSpike.map { fixed($0, 3) } ?? "-",
        "\(neuron.certificate.iterations)",
        String(format: "%.1e", neuron.certificate.gradientNorm), "\(neuron.certificate.reason)",
      ]
    }.lines("neurons")
  }
}

extension FitWarning {
  /// The first warnings, the more important kinds before the others, and how many of each kind there are more.
  package static func lines(of warnings: [FitWarning], limit: Int = 20) -> [String] {
    let ordered = Problem.allCases.flatMap { problem in
      warnings.filter { $0.problem == problem }
    }
    let rest = ordered.dropFirst(limit)
    let counts = Problem.allCases.compactMap { problem in
      let count = rest.count { $0.problem == problem }
      return count > 0 ? "\(count) of \u{201c}\(problem.summary)\u{201d}" : nil
    }
    return ordered.prefix(limit).map { "warning: \($0)" }
      + (rest.isEmpty
        ? [] : ["… and \(rest.count) more warnings: \(counts.joined(separator: ", "))"])
  }
}
