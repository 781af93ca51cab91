public import SpikingFramework
internal import SpikingNumerics

/// The inverse of the complementary log-log link, `maximum · (1 − e^{−eˣ})` with
/// x = gain · (drive − threshold): exponential at its lower end, saturating at its upper one, which
/// it reaches sooner than it leaves the lower.
///
/// It is the probability of an event of a Poisson process of intensity eˣ. Its slope is
/// `maximum · gain · e^{x − eˣ}`. Both are precise to the last digits at either end. (McCullagh and
/// Nelder 1989, §4.3.)
public struct ComplementaryLogLog: SaturatingNonlinearity {
  /// The rate that is never exceeded, in spikes per ms.
  public var maximum: Double
  /// The steepness: by how many e-folds the rate grows with one unit of drive at the lower end.
  public var gain: Double
  /// The drive at 1 − 1/e, or 63%, of the maximum.
  public var threshold: Double

  /// A complementary log-log; without arguments 1 − e^{−e^drive}.
  public init(threshold: Double = 0, gain: Double = 1, maximum: Double = 1) {
    self.threshold = threshold
    self.gain = gain
    self.maximum = maximum
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("threshold", &threshold, in: .real)
    visit("gain", &gain, in: .real)
    visit("maximum", &maximum, in: .nonnegative, unit: .spikesPerMillisecond)
  }

  public func rate(at drive: Double) -> Double {
    maximum * -Elementary.expm1(-Elementary.exponential(gain * (drive - threshold)))
  }

  public func rateAndSlope(at drive: Double) -> (rate: Double, slope: Double) {
    let x = gain * (drive - threshold)
    // From x = 7 on the exponential is 0, and x − eˣ may be ∞ − ∞.
    let factor = x > 7 ? 0 : Elementary.exponential(x - Elementary.exponential(x))
    return (rate(at: drive), maximum * gain * factor)
  }

  /// ln(1 − e^{−u}) with u = eˣ, whose derivative by x is u/(e^u − 1): x and 1 where u is small.
  public func logLowerTail(at drive: Double) -> LogTail {
    let x = gain * (drive - threshold)
    if x < -37 { return LogTail(x, slope: gain) }
    let u = Elementary.exponential(x)
    if u > 700 { return LogTail(0, slope: 0) }
    let value =
      u < 0.6931
      ? Elementary.logarithm(-Elementary.expm1(-u)) : Elementary.log1p(-Elementary.exponential(-u))
    return LogTail(value, slope: gain * u / Elementary.expm1(u))
  }

  /// −eˣ, which is its own derivative.
  public func logUpperTail(at drive: Double) -> LogTail {
    let u = Elementary.exponential(gain * (drive - threshold))
    return LogTail(-u, slope: u == .infinity ? 0 : -gain * u)
  }
}
