/// The logistic function and its integral, the softplus.
extension Elementary {
  /// 1/(1 + e^{−x}), within 2.3 units in the last place at both ends.
  @inlinable
  public static func logistic(_ x: Double) -> Double {
    // With e = e^{−|x|} ≤ 1 nothing overflows, and a small result keeps all its digits.
    let e = exponential(-x.magnitude)
    return (x > 0 ? 1 : e) / (1 + e)
  }

  /// ln(1 + eˣ) = max(x, 0) + ln(1 + e^{−|x|}), within 1.7 units in the last place: a relative error
  /// of the exponential is never magnified.
  @inlinable
  public static func softplus(_ x: Double) -> Double {
    let e = exponential(-x.magnitude)
    let u = 1 + e
    return (x > 0 ? x : 0) + logarithm(of: u, increase: (e - (u - 1)) / u, exponent: 0)
  }
}
