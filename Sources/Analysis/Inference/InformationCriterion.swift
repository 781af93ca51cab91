internal import SpikingNumerics

/// What models are compared by that were fitted to the same data: minus twice the log-likelihood ℓ, and a price for
/// each of k parameters. Lower is better.
package enum InformationCriterion {
  /// Akaike's, 2k − 2ℓ. (Akaike 1974, IEEE Trans Automat Contr 19:716.)
  package static func akaike(logLikelihood: Double, parameters: Int) -> Double {
    2 * Double(parameters) - 2 * logLikelihood
  }

  /// The Bayesian, k ln n − 2ℓ with n observations. (Schwarz 1978, Ann Stat 6:461.)
  package static func bayesian(logLikelihood: Double, parameters: Int, observations: Int) -> Double
  {
    Double(parameters) * Elementary.logarithm(Double(observations)) - 2 * logLikelihood
  }
}
