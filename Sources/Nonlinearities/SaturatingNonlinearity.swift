public import SpikingFramework
internal import SpikingNumerics

/// A nonlinearity that rises to a maximum, `maximum · F(drive)` with F from 0 to 1.
///
/// It says how close F is to both ends, and the likelihoods of emissions with at most one spike a bin then
/// keep their digits where a probability is rounded to 0 or 1.
public protocol SaturatingNonlinearity: Nonlinearity {
  /// The rate that is never exceeded, in spikes per ms.
  var maximum: Double { get }

  /// ln F at a drive, and its derivative.
  func logLowerTail(at drive: Double) -> LogTail

  /// ln(1 − F) at a drive, and its derivative.
  func logUpperTail(at drive: Double) -> LogTail
}

/// The logarithm of a probability as a function of a drive, and its derivative.
public struct LogTail: Hashable, Sendable {
  /// The logarithm; −∞ for a probability of 0.
  public var value: Double
  /// Its derivative with respect to the drive.
  public var slope: Double

  /// A value and a slope.
  public init(_ value: Double, slope: Double) {
    self.value = value
    self.slope = slope
  }
}

extension SaturatingNonlinearity {
  /// ln maximum + ln F.
  public func logRateAndSlope(at drive: Double) -> (logRate: Double, slope: Double) {
    let tail = logLowerTail(at: drive)
    return maximum > 0 ? (Elementary.logarithm(maximum) + tail.value, tail.slope) : (-.infinity, 0)
  }

  /// ln((1 − m) + m (1 − F)) with m = maximum · dt.
  public func logSilenceAndSlope(
    at drive: Double, dt: Double
  ) -> (logSilence: Double, slope: Double) {
    let mean = maximum * dt
    let tail = logUpperTail(at: drive)
    // A maximum of 1/dt is meant to be one spike in every bin, whatever its rounding.
    if abs(mean - 1) <= 4 * Double.ulpOfOne { return (tail.value, tail.slope) }
    let silence = (1 - mean) + mean * Elementary.exponential(tail.value)
    if silence.isNaN { return (silence, 0) }
    guard silence > 0 else { return (-.infinity, 0) }
    let logSilence =
      silence > 0.5
      ? Elementary.log1p(mean * Elementary.expm1(tail.value)) : Elementary.logarithm(silence)
    return (logSilence, mean * Elementary.exponential(tail.value) / silence * tail.slope)
  }
}
