internal import CGSL

/// Elementary functions, one at a time (the C library's) and over spans (vectorised).
///
/// The batch forms differ from the correctly rounded value by at most 2 units in the last place
/// (`logistics` by at most 2.3), before a scale; they give the same bits on every processor.
public enum Elementary {
  /// eˣ.
  public static func exponential(_ x: Double) -> Double { exp(x) }

  /// ln(1 + x), precise for small x.
  public static func log1p(_ x: Double) -> Double { CGSL.log1p(x) }

  /// eˣ − 1, precise for small x.
  public static func expm1(_ x: Double) -> Double { CGSL.expm1(x) }

  /// ln x.
  public static func logarithm(_ x: Double) -> Double { log(x) }

  /// 1/(1 + e^{−x}), precise at both ends.
  public static func logistic(_ x: Double) -> Double {
    // With e = exp(-|x|) ≤ 1 nothing overflows, and a small result keeps all its digits.
    let e = exp(-abs(x))
    return (x > 0 ? 1 : e) / (1 + e)
  }

  /// ln(1 + eˣ) = max(x, 0) + ln(1 + e^{−|x|}).
  public static func softplus(_ x: Double) -> Double {
    max(x, 0) + CGSL.log1p(exp(-abs(x)))
  }
}
