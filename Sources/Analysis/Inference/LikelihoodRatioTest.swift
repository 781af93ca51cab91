public import SpikingFramework
internal import SpikingNumerics

/// Whether a model is better than one nested in it by more than chance: 2 (ℓ − ℓ₀) is χ² in large
/// samples if the nested model is right, with as many degrees of freedom as it lacks parameters
/// (Wilks 1938, Ann Math Stat 9:60).
///
/// Both must be fitted to the same bins by maximum likelihood, without a penalty. Where the parameters
/// that are left out lie at a bound of their domain, the test errs on the side of the nested model.
public struct LikelihoodRatioTest: Codable, Hashable, Sendable {
  /// 2 (ℓ − ℓ₀), and 0 where the larger model came out worse by rounding.
  public let statistic: Double
  /// How many parameters the nested model lacks.
  public let degreesOfFreedom: Int
  /// The probability of a larger statistic if the nested model is right.
  public let pValue: Double

  /// The test of a model against one nested in it, by log-likelihoods in nats.
  ///
  /// - Throws: `invalidData` where a log-likelihood is not finite, or no parameter is lacking.
  public init(
    logLikelihood: Double, nestedLogLikelihood: Double, degreesOfFreedom: Int
  ) throws(SpikingError) {
    if let wrong = [logLikelihood, nestedLogLikelihood].first(where: { !$0.isFinite }) {
      throw SpikingError(
        .invalidData, "log-likelihood", found: wrong, expected: "a finite number")
    }
    guard degreesOfFreedom > 0 else {
      throw SpikingError(
        .invalidData, "degrees of freedom", found: degreesOfFreedom, expected: "at least 1")
    }
    statistic = max(0, 2 * (logLikelihood - nestedLogLikelihood))
    self.degreesOfFreedom = degreesOfFreedom
    pValue = SpecialFunctions.chiSquaredTail(statistic, degrees: Double(degreesOfFreedom))
  }
}

extension LikelihoodRatioTest: CustomStringConvertible {
  /// "χ² = 12.3, 4 degrees of freedom, p = 0.015".
  public var description: String {
    "χ² = \(brief(statistic, digits: 3)), "
      + (degreesOfFreedom == 1 ? "1 degree" : "\(degreesOfFreedom) degrees")
      + " of freedom, p = \(brief(pValue, digits: 2))"
  }
}
