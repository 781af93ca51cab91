public import SpikingFramework
internal import SpikingNumerics

/// The exponential, `scale · e^{gain · drive}`, under which inputs multiply. It inverts the
/// logarithm, the canonical link of a Poisson emission. Its slope is `gain · rate`. (Paninski
/// 2004.)
public struct Exponential: Nonlinearity {
  /// The rate at drive 0, in spikes per ms.
  public var scale: Double
  /// By how many e-folds the rate grows with one unit of drive.
  public var gain: Double

  /// An exponential; without arguments e^drive.
  public init(scale: Double = 1, gain: Double = 1) {
    self.scale = scale
    self.gain = gain
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("scale", &scale, in: .nonnegative, unit: .spikesPerMillisecond)
    visit("gain", &gain, in: .real)
  }

  public func rate(at drive: Double) -> Double {
    scale * Elementary.exponential(gain * drive)
  }

  public func rateAndSlope(at drive: Double) -> (rate: Double, slope: Double) {
    let rate = rate(at: drive)
    return (rate, gain * rate)
  }

  public func logRateAndSlope(at drive: Double) -> (logRate: Double, slope: Double) {
    (Elementary.logarithm(scale) + gain * drive, gain)
  }

  public func rates(at drives: Span<Double>, into rates: inout MutableSpan<Double>) {
    Elementary.exponentials(of: drives, gain: gain, scale: scale, into: &rates)
  }

  public func ratesAndSlopes(
    at drives: Span<Double>, rates: inout MutableSpan<Double>, slopes: inout MutableSpan<Double>
  ) {
    precondition(drives.count == slopes.count)
    self.rates(at: drives, into: &rates)
    for index in drives.indices { slopes[unchecked: index] = gain * rates[index] }
  }

  public func upperBounds(at drives: Span<Double>, into bounds: inout MutableSpan<Float>) {
    Elementary.exponentialBounds(of: drives, gain: gain, scale: scale, into: &bounds)
  }
}
