public import SpikingFramework
internal import SpikingNumerics

/// A rectified power law, `gain · [drive − threshold]₊^exponent`: silent up to the threshold, where
/// the slope is 0 too.
///
/// Exponents of 2 to 4 describe how the rates of visual cortical cells grow with their mean membrane
/// potential. (Miller and Troyer 2002.)
public struct Power: Nonlinearity {
  /// The rate one unit of drive above the threshold, in spikes per ms.
  public var gain: Double
  /// The drive at which firing begins.
  public var threshold: Double
  /// The exponent; 1 is the rectifier.
  public var exponent: Double

  /// A power law; without arguments max(drive, 0)².
  public init(threshold: Double = 0, gain: Double = 1, exponent: Double = 2) {
    self.threshold = threshold
    self.gain = gain
    self.exponent = exponent
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("threshold", &threshold, in: .real)
    visit("gain", &gain, in: .nonnegative, unit: .spikesPerMillisecond)
    visit("exponent", &exponent, in: .positive)
  }

  public func rate(at drive: Double) -> Double {
    let x = drive - threshold
    return x <= 0 ? 0 : gain * power(x, exponent)
  }

  public func rateAndSlope(at drive: Double) -> (rate: Double, slope: Double) {
    let x = drive - threshold
    return (rate(at: drive), x <= 0 ? 0 : gain * exponent * power(x, exponent - 1))
  }

  public func logRateAndSlope(at drive: Double) -> (logRate: Double, slope: Double) {
    let x = drive - threshold
    return x <= 0 || gain == 0
      ? (-.infinity, 0)
      : (Elementary.logarithm(gain) + exponent * Elementary.logarithm(x), exponent / x)
  }

  /// x^y for x > 0. The relative error is that of y ln x times |y ln x|, or 1e-13 at the ends of the
  /// range.
  private func power(_ x: Double, _ y: Double) -> Double {
    // x⁰ is 1 where x is infinite too.
    y == 0 ? 1 : Elementary.exponential(y * Elementary.logarithm(x))
  }
}
