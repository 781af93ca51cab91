internal import CGSL

/// The special functions that models, fits and tests of fit need, from GSL. Arguments outside a
/// function's domain give NaN.
public enum SpecialFunctions {
  /// ln Γ(x) for x > 0.
  public static func logGamma(_ x: Double) -> Double { checked { gsl_sf_lngamma_e(x, &$0) } }

  /// ln n! for n ≥ 0.
  public static func logFactorial(_ n: Int) -> Double {
    n < 0 ? .nan : checked { gsl_sf_lnfact_e(UInt32(clamping: n), &$0) }
  }

  /// ψ(x), the derivative of ln Γ(x).
  public static func digamma(_ x: Double) -> Double { checked { gsl_sf_psi_e(x, &$0) } }

  /// The error function 2/√π ∫₀ˣ e^{−t²} dt.
  public static func errorFunction(_ x: Double) -> Double { checked { gsl_sf_erf_e(x, &$0) } }

  /// 1 − erf(x), precise where erf is close to 1.
  public static func complementaryErrorFunction(_ x: Double) -> Double {
    checked { gsl_sf_erfc_e(x, &$0) }
  }

  /// P(a, x) = 1/Γ(a) ∫₀ˣ t^{a−1} e^{−t} dt, for a > 0 and x ≥ 0.
  public static func regularizedGammaP(_ a: Double, _ x: Double) -> Double {
    checked { gsl_sf_gamma_inc_P_e(a, x, &$0) }
  }

  /// 1 − P(a, x), precise where P is close to 1.
  public static func regularizedGammaQ(_ a: Double, _ x: Double) -> Double {
    checked { gsl_sf_gamma_inc_Q_e(a, x, &$0) }
  }

  /// Φ(x), the probability that a standard normal number is at most x.
  public static func normalCumulative(_ x: Double) -> Double {
    ErrorHandling.turnOff()
    return gsl_cdf_ugaussian_P(x)
  }

  /// ln Φ(x), precise in both tails.
  public static func logNormalCumulative(_ x: Double) -> Double {
    // ln(½ erfc(−x/√2)); of a positive x ln(1 − Φ(−x)), which keeps the digits.
    x > 0
      ? Elementary.log1p(-normalCumulative(-x))
      : checked { gsl_sf_log_erfc_e(-x / 2.0.squareRoot(), &$0) } - 0.6931471805599453
  }

  /// The density of the standard normal distribution over 1 − Φ(x): about x where x is large.
  public static func normalHazard(_ x: Double) -> Double { checked { gsl_sf_hazard_e(x, &$0) } }

  /// Φ⁻¹(p), the quantile of the standard normal distribution.
  public static func normalQuantile(_ p: Double) -> Double {
    ErrorHandling.turnOff()
    return 0...1 ~= p ? gsl_cdf_ugaussian_Pinv(p) : .nan
  }

  /// The probability that a χ² variable with `degrees` degrees of freedom exceeds x.
  public static func chiSquaredTail(_ x: Double, degrees: Double) -> Double {
    regularizedGammaQ(degrees / 2, x / 2)
  }

  /// The probability that √n D exceeds x for large n, D being the Kolmogorov–Smirnov distance of n
  /// draws from their distribution: 2 Σ (−1)^{k−1} e^{−2k²x²}. (Kolmogorov 1933.)
  public static func kolmogorovTail(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    // Below 0.05 the tail is 1 to the last digit, and the series would need over 100 terms.
    if x <= 0.05 { return 1 }
    var sum = 0.0
    var sign = 1.0
    for k in 1...100 {
      let term = Elementary.exponential(-2 * Double(k * k) * x * x)
      sum += sign * term
      sign = -sign
      if term < 1e-18 { break }
    }
    return min(max(2 * sum, 0), 1)
  }

  private static func checked(_ function: (inout gsl_sf_result) -> Int32) -> Double {
    ErrorHandling.turnOff()
    var result = gsl_sf_result()
    let status = function(&result)
    return status == Int32(GSL_SUCCESS) || status == Int32(GSL_EUNDRFLW)
      ? result.val : .nan
  }
}
