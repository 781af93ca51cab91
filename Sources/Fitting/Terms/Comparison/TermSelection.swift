internal import Foundation
internal import SpikingAnalysis
internal import SpikingFramework

/// Which terms of a design each neuron needs, found by adding one after the other.
///
/// From the terms that are kept, or the baseline alone, the term is added with which held-out spikes are most likely, as long
/// as that is likelier than before by more than chance: `SignedRankTest` over the folds, at the level. (Hardcastle et al.
/// 2017, Neuron 94:375, who compare only the last model with a constant rate; here the first term, too, has to predict
/// better than none.)
public struct TermSelection: Sendable {
  /// The design whose terms there are.
  public let design: Design
  /// The names of the terms that every neuron has.
  public let kept: [String]
  /// The probability below which a term is added.
  public let level: Double
  /// The bins of each fold.
  public let folds: [[Range<Int>]]
  /// How they were divided.
  public let division: FoldRule
  /// The number of bins that were evaluated: those in which all terms have values.
  public let binsUsed: Int
  /// Each neuron.
  public let neurons: [SelectedTerms]
  /// What was left out, and what only some folds have, a line each.
  public let notices: [String]

  /// The names of the terms that may be added.
  public var candidates: [String] {
    design.parts.map(\.name).filter { !kept.contains($0) }
  }
}

/// The terms that a neuron needs.
public struct SelectedTerms: Codable, Hashable, Sendable {
  /// A term that was tried.
  public struct Step: Codable, Hashable, Sendable {
    /// The best of those that were not in the model.
    public let term: String
    /// By how much the model with it predicts each fold better than that without it, in nats.
    public let gains: [Double]
    /// By `SignedRankTest`.
    public let pValue: Double
    /// Whether it was added: the last one of the steps was not, unless there were no others.
    public let isAdded: Bool
  }

  /// The neuron.
  public let neuron: Int
  /// How many spikes it has in the bins that were evaluated.
  public let spikeCount: Int
  /// What was tried.
  public let steps: [Step]
  /// How much better the folds are predicted by the chosen model than by a constant rate, in nats.
  public let gains: [Double]

  /// The names of the terms that were added, in their order.
  public var terms: [String] { steps.filter(\.isAdded).map(\.term) }
  /// What the chosen model knows of a held-out spike, in bits; nil without spikes.
  public var bitsPerSpike: Double? { bits(gains) }
  /// The bits a spike that a step adds; nil without spikes.
  public func bitsPerSpike(ofStep step: Int) -> Double? { bits(steps[step].gains) }

  private func bits(_ nats: [Double]) -> Double? {
    spikeCount > 0 ? nats.reduce(0, +) / Double(spikeCount) / log(2) : nil
  }
}

extension TermSelection: CustomStringConvertible {
  /// What was selected from, how many neurons have each term, and the first neurons: thirty lines at most.
  public var description: String {
    let title =
      "\(counted(neurons.count, "neuron")), terms \(candidates.joined(separator: ", ")), "
      + "\(counted(folds.count, "fold")) of \(division.rawValue), \(counted(binsUsed, "bin"))"
    let summary = Array(summary().prefix(maximumDescriptionLines / 2))
    let rows = maximumDescriptionLines - summary.count - 3
    return ([title] + table(limit: rows) + summary).joined(separator: "\n")
  }

  /// A line for each neuron, of so many at most, after the names of the columns.
  package func table(limit: Int) -> [String] {
    TextTable(["neuron", "spikes", "bits/spike", "terms"], neurons, limit: limit) { neuron in
      [
        "\(neuron.neuron)", "\(neuron.spikeCount)",
        neuron.bitsPerSpike.map { fixed($0, 4) } ?? "-",
        neuron.terms.isEmpty ? "none" : neuron.terms.joined(separator: " + "),
      ]
    }.lines("neurons")
  }

  /// A line for each term: how many neurons have it.
  package func summary() -> [String] {
    candidates.map { name in
      "\(name): selected for \(neurons.count { $0.terms.contains(name) }) of "
        + "\(counted(neurons.count, "neuron"))"
    } + ["none: \(counted(neurons.count { $0.terms.isEmpty }, "neuron"))"]
  }
}
