internal import SpikingFramework
public import SpikingNumerics

/// The evidence that a fit found the maximum, or that it did not.
public struct FitCertificate: Codable, Hashable, Sendable {
  /// The norm of the gradient of the objective, the penalised −ℓ/T; under a penalty without a derivative,
  /// and at a constraint, of what of the gradient is not balanced by it.
  public let gradientNorm: Double
  /// How far the objective lies above its minimum, about: ½ gᵀ H⁻¹ g with the second derivatives H.
  public let excess: Double
  /// How many steps were taken.
  public let iterations: Int
  /// How often the likelihood was evaluated.
  public let evaluations: Int
  /// Why the search stopped.
  public let reason: StopReason

  package init(
    gradientNorm: Double, excess: Double, iterations: Int, evaluations: Int, reason: StopReason
  ) {
    self.gradientNorm = gradientNorm
    self.excess = excess
    self.iterations = iterations
    self.evaluations = evaluations
    self.reason = reason
  }

  /// Whether the gradient became as small as was asked for.
  public var hasConverged: Bool { reason == .gradient }
}

extension FitCertificate: CustomStringConvertible {
  /// "gradient 2.1e−09 after 7 steps, stopped by gradient".
  public var description: String {
    "gradient \(brief(gradientNorm, digits: 2)) after \(counted(iterations, "step")), stopped by \(reason)"
  }
}
