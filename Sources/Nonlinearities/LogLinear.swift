public import SpikingFramework
internal import SpikingNumerics

/// Exponential below the threshold, linear above it: `scale · eˣ` for x ≤ 0 and `scale · (1 + x)` for
/// x > 0, where x = gain · (drive − threshold). The two parts meet with the same slope,
/// `scale · gain`.
///
/// Like the exponential it keeps rates positive; unlike it, strong excitation does not multiply.
public struct LogLinear: Nonlinearity {
  /// The rate at the threshold, in spikes per ms.
  public var scale: Double
  /// By how many e-folds the rate grows with one unit of drive below the threshold.
  public var gain: Double
  /// The drive at which the exponential turns into a line.
  public var threshold: Double

  /// A log-linear function; without arguments e^drive below 0 and 1 + drive above.
  public init(threshold: Double = 0, gain: Double = 1, scale: Double = 1) {
    self.threshold = threshold
    self.gain = gain
    self.scale = scale
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("threshold", &threshold, in: .real)
    visit("gain", &gain, in: .real)
    visit("scale", &scale, in: .nonnegative, unit: .spikesPerMillisecond)
  }

  public func rate(at drive: Double) -> Double {
    let x = gain * (drive - threshold)
    return scale * (x > 0 ? 1 + x : Elementary.exponential(x))
  }

  public func rateAndSlope(at drive: Double) -> (rate: Double, slope: Double) {
    let x = gain * (drive - threshold)
    return (rate(at: drive), scale * gain * (x > 0 ? 1 : Elementary.exponential(x)))
  }

  public func logRateAndSlope(at drive: Double) -> (logRate: Double, slope: Double) {
    let x = gain * (drive - threshold)
    return x > 0
      ? (Elementary.logarithm(scale) + Elementary.log1p(x), gain / (1 + x))
      : (Elementary.logarithm(scale) + x, gain)
  }
}
