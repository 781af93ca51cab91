internal import Spiking

/// A comparison of designs as files and lines.
struct ComparisonResults: ComparisonFiles {
  private let comparison: DesignComparison
  private let seed: UInt64?
  private let gains: [(own: [Double], adjusted: [Double])]
  private let losses: [(own: [Double], adjusted: [Double])]
  private let ratios: [[Double?]]

  init(_ comparison: DesignComparison, seed: UInt64?) {
    self.comparison = comparison
    self.seed = seed
    let designs = comparison.designs.indices
    gains = designs.map { comparison.gainPValues($0) }
    losses = designs.map { comparison.lossPValues($0) }
    ratios = designs.map { comparison.adjustedLikelihoodRatioPValues($0) }
  }

  var notices: [String] { comparison.notices }
  var binsUsed: Int { comparison.binsUsed }
  var figures: [any Figure] {
    let figure = try? DesignComparisonFigure(
      comparison.designs.indices.dropFirst().map { design in
        DesignComparisonFigure.Design(
          comparison.designs[design].name,
          differences: comparison.neurons.map { $0.difference(design) ?? .nan },
          standardErrors: comparison.neurons.map { $0.standardError(design) ?? .nan })
      }, reference: comparison.designs.first?.name ?? "", name: ComparisonNames.figure)
    return [figure].compactMap(\.self)
  }
  var lines: [String] {
    comparison.table(limit: FitTable.maximumNeurons * comparison.designs.count)
      + comparison.summary()
  }

  func writeDescription(to path: String) throws { try JSONFile.write(document, to: path) }

  var table: String {
    let header = [
      "neuron", "design", "spikes", "bits_per_spike", "difference", "difference_se", "gain_p",
      "gain_fdr", "loss_p", "loss_fdr", "log_likelihood", "parameters", "aic", "bic", "p", "p_fdr",
    ]
    let document = document
    var text = ComparisonNames.row(header)
    for neuron in comparison.neurons.indices {
      for design in comparison.designs.indices {
        let numbers = [
          document.bitsPerSpike, document.difference, document.differenceSe, document.gainP,
          document.gainFdr, document.lossP, document.lossFdr, document.logLikelihood,
          document.parameters, document.aic, document.bic, document.p, document.pFdr,
        ]
        text += ComparisonNames.row(
          [
            "\(document.neurons[neuron])", comparison.designs[design].name,
            "\(document.spikes[neuron])",
          ] + numbers.map { ComparisonNames.cell($0[neuron][design]) })
      }
    }
    return text
  }

  /// Numbers by neuron and design; those of differences are null for the reference.
  private struct Document: Encodable {
    struct Named: Encodable {
      let name: String
      let terms: [String]
    }

    let designs: [Named]
    let reference: String?
    let folds: Int
    let foldsBy: String
    let bins: Int
    let neurons: [Int]
    let spikes: [Int]
    let bitsPerSpike: [[Double?]]
    let difference: [[Double?]]
    let differenceSe: [[Double?]]
    let gainP: [[Double?]]
    let gainFdr: [[Double?]]
    let lossP: [[Double?]]
    let lossFdr: [[Double?]]
    let logLikelihood: [[Double?]]
    let parameters: [[Double?]]
    let aic: [[Double?]]
    let bic: [[Double?]]
    let p: [[Double?]]
    let pFdr: [[Double?]]
    /// ℓ of each fold in nats under the fit to the others, [neuron][design][fold].
    let foldLogLikelihoods: [[[Double?]]]
    /// The same at a constant rate, [neuron][fold].
    let foldNullLogLikelihoods: [[Double?]]
    let converged: [[Bool]]
    let seed: UInt64?
    let version = spikingVersion
  }

  private var document: Document {
    let neurons = comparison.neurons
    func numbers(_ value: (Int, Int) -> Double?) -> [[Double?]] {
      neurons.indices.map { neuron in
        comparison.designs.indices.map { defined(value(neuron, $0)) }
      }
    }
    func ofOthers(_ value: (Int, Int) -> Double?) -> [[Double?]] {
      numbers { $1 == 0 ? nil : value($0, $1) }
    }
    return Document(
      designs: comparison.designs.map { design in
        Document.Named(
          name: design.name,
          terms: design.design.parts.map { "\($0.name): \(DesignFile.text(of: $0))" })
      }, reference: comparison.designs.first?.name, folds: comparison.folds.count,
      foldsBy: comparison.division.rawValue, bins: comparison.binsUsed,
      neurons: neurons.map(\.neuron), spikes: neurons.map(\.spikeCount),
      bitsPerSpike: numbers { neurons[$0].bitsPerSpike($1) },
      difference: ofOthers { neurons[$0].difference($1) },
      differenceSe: ofOthers { neurons[$0].standardError($1) },
      gainP: ofOthers { gains[$1].own[$0] }, gainFdr: ofOthers { gains[$1].adjusted[$0] },
      lossP: ofOthers { losses[$1].own[$0] }, lossFdr: ofOthers { losses[$1].adjusted[$0] },
      logLikelihood: numbers { neurons[$0].fits[$1].logLikelihood },
      parameters: numbers { neurons[$0].fits[$1].parameterCount },
      aic: numbers { neurons[$0].fits[$1].akaike }, bic: numbers { neurons[$0].fits[$1].bayesian },
      p: ofOthers { neurons[$0].fits[$1].likelihoodRatioPValue },
      pFdr: ofOthers { ratios[$1][$0] },
      foldLogLikelihoods: neurons.map { neuron in
        neuron.fits.map { $0.heldOutLogLikelihoods.map(defined) }
      }, foldNullLogLikelihoods: neurons.map { $0.nullLogLikelihoods.map(defined) },
      converged: neurons.map { $0.fits.map(\.hasConverged) }, seed: seed)
  }
}
