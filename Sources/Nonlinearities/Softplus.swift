public import SpikingFramework
internal import SpikingNumerics

/// The softplus, `gain · ln(1 + e^{drive − threshold})`: exponential well below the threshold,
/// linear well above it. Its slope is `gain · σ(drive − threshold)`.
///
/// Computed as max(x, 0) + ln(1 + e^{−|x|}), precise to the last digits at either end.
public struct Softplus: Nonlinearity {
  /// The slope far above the threshold, in spikes per ms.
  public var gain: Double
  /// Where the exponential part turns into the linear one.
  public var threshold: Double

  /// A softplus; without arguments ln(1 + e^drive).
  public init(threshold: Double = 0, gain: Double = 1) {
    self.threshold = threshold
    self.gain = gain
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("threshold", &threshold, in: .real)
    visit("gain", &gain, in: .nonnegative, unit: .spikesPerMillisecond)
  }

  public func rate(at drive: Double) -> Double {
    gain * Elementary.softplus(drive - threshold)
  }

  public func rateAndSlope(at drive: Double) -> (rate: Double, slope: Double) {
    (rate(at: drive), gain * Elementary.logistic(drive - threshold))
  }

  /// Far below the threshold ln(1 + eˣ) is eˣ.
  public func logRateAndSlope(at drive: Double) -> (logRate: Double, slope: Double) {
    let x = drive - threshold
    if gain > 0, x < -37 { return (Elementary.logarithm(gain) + x, 1) }
    let (rate, slope) = rateAndSlope(at: drive)
    return rate > 0 ? (Elementary.logarithm(rate), slope / rate) : (-.infinity, 0)
  }

  public func rates(at drives: Span<Double>, into rates: inout MutableSpan<Double>) {
    Elementary.softpluses(of: drives, threshold: threshold, scale: gain, into: &rates)
  }

  public func ratesAndSlopes(
    at drives: Span<Double>, rates: inout MutableSpan<Double>, slopes: inout MutableSpan<Double>
  ) {
    self.rates(at: drives, into: &rates)
    Elementary.logistics(of: drives, threshold: threshold, into: &slopes)
    for index in drives.indices { slopes[index] = gain * slopes[index] }
  }

  public func upperBounds(at drives: Span<Double>, into bounds: inout MutableSpan<Float>) {
    Elementary.softplusBounds(of: drives, threshold: threshold, scale: gain, into: &bounds)
  }
}
