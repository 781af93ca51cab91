internal import SpikingNumerics

/// How neurons are fitted.
struct FitSettings: Sendable {
  var penalty: Penalty
  /// The sign that the weights of the synapses of each neuron must have, 0 for any; empty where all may
  /// have any.
  var signs: [Int]
  var hasStandardErrors: Bool
  /// The most that Σ (e^h − 1) of the own filter may be; nil where it may be anything.
  var maximumOwnResponse: Double?
  var minimizer: GradientMinimizer
}

/// Where a search ended.
struct FitSolution {
  let coefficients: [Double]
  let logLikelihood: Double
  let certificate: FitCertificate
}
