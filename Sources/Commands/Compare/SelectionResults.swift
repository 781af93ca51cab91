internal import Spiking

/// The terms that neurons need as files and lines.
struct SelectionResults: ComparisonFiles {
  private let selection: TermSelection
  private let seed: UInt64?

  init(_ selection: TermSelection, seed: UInt64?) {
    self.selection = selection
    self.seed = seed
  }

  var notices: [String] { selection.notices }
  var binsUsed: Int { selection.binsUsed }
  var figures: [any Figure] { [] }
  var lines: [String] {
    selection.table(limit: FitTable.maximumNeurons) + selection.summary()
  }

  /// A row for each step of each neuron, and one for each neuron without any.
  var table: String {
    var text = ComparisonNames.row([
      "neuron", "spikes", "selected", "bits_per_spike", "step", "term", "gain_bits_per_spike",
      "gain_p", "added",
    ])
    for neuron in selection.neurons {
      let start: [String?] = [
        "\(neuron.neuron)", "\(neuron.spikeCount)", neuron.terms.joined(separator: " + "),
        ComparisonNames.cell(neuron.bitsPerSpike),
      ]
      for (number, step) in neuron.steps.enumerated() {
        text += ComparisonNames.row(
          start + [
            "\(number)", step.term, ComparisonNames.cell(neuron.bitsPerSpike(ofStep: number)),
            ComparisonNames.cell(step.pValue), "\(step.isAdded)",
          ])
      }
      if neuron.steps.isEmpty { text += ComparisonNames.row(start + [nil, nil, nil, nil, nil]) }
    }
    return text
  }

  func writeDescription(to path: String) throws {
    try JSONFile.write(
      Document(
        candidates: selection.candidates, kept: selection.kept, level: selection.level,
        folds: selection.folds.count, foldsBy: selection.division.rawValue,
        bins: selection.binsUsed, neurons: selection.neurons.map(Row.init), seed: seed), to: path)
  }

  private struct Document: Encodable {
    let candidates: [String]
    let kept: [String]
    let level: Double
    let folds: Int
    let foldsBy: String
    let bins: Int
    let neurons: [Row]
    let seed: UInt64?
    let version = spikingVersion
  }

  private struct Row: Encodable {
    struct Step: Encodable {
      let term: String
      let gainBitsPerSpike: Double?
      let gainP: Double
      let added: Bool
    }

    let neuron: Int
    let spikes: Int
    let selected: [String]
    let bitsPerSpike: Double?
    let steps: [Step]

    init(_ selected: SelectedTerms) {
      neuron = selected.neuron
      spikes = selected.spikeCount
      self.selected = selected.terms
      bitsPerSpike = defined(selected.bitsPerSpike)
      steps = selected.steps.enumerated().map { number, step in
        Step(
          term: step.term, gainBitsPerSpike: defined(selected.bitsPerSpike(ofStep: number)),
          gainP: step.pValue, added: step.isAdded)
      }
    }
  }
}
