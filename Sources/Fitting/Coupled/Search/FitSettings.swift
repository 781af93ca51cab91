internal import SpikingNumerics

/// How neurons are fitted.
struct FitSettings: Sendable {
  var penalties: PenaltyRule
  /// The sign that the weights of the synapses of each neuron must have, 0 for any; empty where all may
  /// have any.
  var signs: [Int]
  var hasStandardErrors: Bool
  /// The most that Σ (e^h − 1) of the own filter may be; nil where it may be anything.
  var maximumOwnResponse: Double?
  var minimizer: GradientMinimizer

  /// Whether there are signs to keep, or a penalty that prefers one of two columns that tell the same.
  var isConstrained: Bool { penalties.isSparse || !signs.isEmpty }

  /// The sign that the weights of an input must have; 0 for any.
  func sign(of input: FitColumns.Group.Input) -> Int {
    if case .coupling(let source) = input, !signs.isEmpty { return signs[source] }
    return 0
  }
}

/// Where a search ended.
struct FitSolution {
  let coefficients: [Double]
  let logLikelihood: Double
  let certificate: FitCertificate
}
