public import SpikingFramework
internal import SpikingNumerics

/// The logistic function, which saturates: `maximum · σ(gain · (drive − threshold))` with
/// σ(x) = 1/(1 + e^{−x}).
///
/// It inverts the logit, the canonical link of a Bernoulli emission. Its slope is
/// `gain · rate · (1 − rate / maximum)`. Both are precise to the last digits at either end.
/// (McCullagh and Nelder 1989, §4.3.)
public struct Sigmoid: SaturatingNonlinearity {
  /// The rate that is never exceeded, in spikes per ms.
  public var maximum: Double
  /// The steepness: the slope at the threshold is `maximum · gain / 4`.
  public var gain: Double
  /// The drive at half the maximum.
  public var threshold: Double

  /// A sigmoid; without arguments σ itself.
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
    maximum * Elementary.logistic(gain * (drive - threshold))
  }

  public func rateAndSlope(at drive: Double) -> (rate: Double, slope: Double) {
    let z = gain * (drive - threshold)
    let p = Elementary.logistic(z)
    return (maximum * p, maximum * gain * p * Elementary.logistic(-z))
  }

  public func rates(at drives: Span<Double>, into rates: inout MutableSpan<Double>) {
    Elementary.logistics(
      of: drives, threshold: threshold, gain: gain, scale: maximum, into: &rates)
  }

  public func ratesAndSlopes(
    at drives: Span<Double>, rates: inout MutableSpan<Double>, slopes: inout MutableSpan<Double>
  ) {
    Elementary.logistics(of: drives, threshold: threshold, gain: gain, into: &rates)
    Elementary.logistics(of: drives, threshold: threshold, gain: -gain, into: &slopes)
    for index in drives.indices {
      slopes[index] = maximum * gain * rates[index] * slopes[index]
      rates[index] = maximum * rates[index]
    }
  }

  public func logLowerTail(at drive: Double) -> LogTail {
    let z = gain * (drive - threshold)
    return LogTail(-Elementary.softplus(-z), slope: gain * Elementary.logistic(-z))
  }

  public func logUpperTail(at drive: Double) -> LogTail {
    let z = gain * (drive - threshold)
    return LogTail(-Elementary.softplus(z), slope: -gain * Elementary.logistic(z))
  }

  /// Where the maximum is one spike a bin, −ln(1 + e^z) and −gain · σ(z), as vectors.
  public func logSilencesAndSlopes(
    at drives: Span<Double>, dt: Double, logSilences: inout MutableSpan<Double>,
    slopes: inout MutableSpan<Double>
  ) {
    precondition(drives.count == logSilences.count && drives.count == slopes.count)
    guard abs(maximum * dt - 1) <= 4 * Double.ulpOfOne else {
      for index in drives.indices {
        let (logSilence, slope) = logSilenceAndSlope(at: drives[unchecked: index], dt: dt)
        logSilences[unchecked: index] = logSilence
        slopes[unchecked: index] = slope
      }
      return
    }
    Elementary.softpluses(
      of: drives, threshold: threshold, gain: gain, scale: -1, into: &logSilences)
    Elementary.logistics(of: drives, threshold: threshold, gain: gain, scale: -gain, into: &slopes)
  }

  public func upperBounds(at drives: Span<Double>, into bounds: inout MutableSpan<Float>) {
    Elementary.logisticBounds(
      of: drives, threshold: threshold, gain: gain, scale: maximum, into: &bounds)
  }
}
