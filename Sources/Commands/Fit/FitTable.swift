internal import Spiking

/// What `spiking fit` prints: a line for each neuron, and what the data could not tell.
struct FitTable {
  private let fit: CoupledFit
  /// The most lines of neurons.
  static let maximumNeurons = 50

  init(_ fit: CoupledFit) { self.fit = fit }

  func print() {
    for line in fit.table(limit: Self.maximumNeurons) + FitWarning.lines(of: fit.warnings) {
      Terminal.say(line)
    }
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
      + fit.terms.map { term in ("neurons with \(term.name)", pValues { _ in [.term(term.name)] }) }
  }
}
