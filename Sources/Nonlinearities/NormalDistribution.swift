internal import SpikingNumerics

/// The standard normal distribution, as nonlinearities need it.
enum NormalDistribution {
  /// Φ(z), to a relative error of 1e-14 in both tails; 0 below −37.5.
  static func cumulative(_ z: Double) -> Double { SpecialFunctions.normalCumulative(z) }

  /// The density, e^{−z²/2}/√(2π).
  static func density(_ z: Double) -> Double {
    0.3989422804014327 * Elementary.exponential(-0.5 * z * z)
  }

  /// ln Φ(z), and its derivative density(z)/Φ(z), to the last digits at either end.
  static func logCumulative(_ z: Double) -> LogTail {
    LogTail(SpecialFunctions.logNormalCumulative(z), slope: SpecialFunctions.normalHazard(-z))
  }

  /// An upper bound of Φ(z) that needs no call, so that loops over it become vector code: below 0 by
  /// Sampford's inequality (1953), 4 density(z)/(3|z| + √(z² + 8)), at most 13% above Φ; 1 above 0.
  static func cumulativeBound(_ z: Double) -> Double {
    let tail = 4 * density(z) / ((z * z + 8).squareRoot() - 3 * z)
    return z > 0 ? 1 : tail
  }
}
