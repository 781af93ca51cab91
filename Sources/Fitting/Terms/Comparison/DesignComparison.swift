internal import SpikingAnalysis
internal import SpikingFramework

/// Which of several designs explain the spikes of which neurons: fits on the same bins, divided into the same folds for all
/// designs and neurons.
public struct DesignComparison: Sendable {
  /// The designs; the others are compared with the first, the reference.
  public let designs: [ComparedDesign]
  /// The bins of each fold.
  public let folds: [[Range<Int>]]
  /// How they were divided.
  public let division: FoldRule
  /// The number of bins that were evaluated: those that all designs can evaluate.
  public let binsUsed: Int
  /// Each neuron.
  public let neurons: [NeuronComparison]
  /// What was left out, and what only some folds have, a line each.
  public let notices: [String]

  /// For each neuron the probability of gains at least as large over the reference, were there none (`SignedRankTest`), and
  /// the same adjusted for the number of neurons (`FalseDiscoveryRate`).
  public func gainPValues(_ design: Int) -> (own: [Double], adjusted: [Double]) {
    adjusted(neurons.map { $0.gainTest(design).pValue })
  }

  /// The same of losses: where they are small the reference predicts better.
  public func lossPValues(_ design: Int) -> (own: [Double], adjusted: [Double]) {
    adjusted(neurons.map { $0.gainTest(0, over: design).pValue })
  }

  /// For each neuron the probability by likelihood ratio, adjusted for the number of neurons that have one.
  public func adjustedLikelihoodRatioPValues(_ design: Int) -> [Double?] {
    let own = neurons.map { $0.fits[design].likelihoodRatioPValue }
    var adjusted = adjusted(own.compactMap(\.self)).adjusted.makeIterator()
    return own.map { $0 == nil ? nil : adjusted.next() }
  }

  private func adjusted(_ pValues: [Double]) -> (own: [Double], adjusted: [Double]) {
    // Probabilities are numbers from 0 to 1.
    (pValues, (try? FalseDiscoveryRate.adjusted(pValues)) ?? pValues)
  }
}

extension DesignComparison: CustomStringConvertible {
  /// What is compared, a line for each design, and the first neurons: thirty lines at most.
  public var description: String {
    let title =
      "\(counted(neurons.count, "neuron")), \(counted(designs.count, "design")), "
      + "\(counted(folds.count, "fold")) of \(division.rawValue), \(counted(binsUsed, "bin"))"
    let summary = Array(summary().prefix(maximumDescriptionLines / 2))
    let rows = maximumDescriptionLines - summary.count - 3
    return ([title] + table(limit: rows) + summary).joined(separator: "\n")
  }

  /// A line for each neuron and design, of so many at most, after the names of the columns.
  package func table(limit: Int) -> [String] {
    let rows = neurons.flatMap { neuron in designs.indices.map { (neuron, $0) } }
    return TextTable(
      [
        "neuron", "spikes", "design", "bits/spike", "difference", "std. error", "AIC", "BIC", "p",
      ], rows, limit: limit
    ) { neuron, design in
      let fit = neuron.fits[design]
      func text(_ value: Double?, _ decimals: Int) -> String {
        value.map { fixed($0, decimals) } ?? "-"
      }
      return [
        "\(neuron.neuron)", "\(neuron.spikeCount)", designs[design].name,
        text(neuron.bitsPerSpike(design), 4),
        design == 0 ? "-" : text(neuron.difference(design), 4),
        design == 0 ? "-" : text(neuron.standardError(design), 4), fixed(fit.akaike, 1),
        fixed(fit.bayesian, 1), fit.likelihoodRatioPValue.map { brief($0, digits: 2) } ?? "-",
      ]
    }.lines("rows")
  }

  /// A line for each design but the reference: how many neurons it predicts better, how many worse.
  package func summary() -> [String] {
    designs.indices.dropFirst().map { design in
      let ratios = adjustedLikelihoodRatioPValues(design).compactMap(\.self)
      let gains = gainPValues(design).adjusted.count { $0 <= 0.05 }
      let losses = lossPValues(design).adjusted.count { $0 <= 0.05 }
      return "\(designs[design].name): better than \(designs[0].name) for \(gains) of "
        + "\(counted(neurons.count, "neuron")), worse for \(losses)"
        + (ratios.isEmpty
          ? "" : "; likelihood ratio significant for \(ratios.count { $0 <= 0.05 })")
        + " at a false discovery rate of 5 %"
    }
  }
}
