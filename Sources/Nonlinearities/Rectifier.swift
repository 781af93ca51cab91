public import SpikingFramework

/// The rectifier, `gain · [drive − threshold]₊`: silent up to the threshold, linear above it. The
/// slope at the threshold itself is 0.
public struct Rectifier: Nonlinearity {
  /// The slope above the threshold, in spikes per ms.
  public var gain: Double
  /// The drive at which firing begins.
  public var threshold: Double

  /// A rectifier; without arguments max(drive, 0).
  public init(threshold: Double = 0, gain: Double = 1) {
    self.threshold = threshold
    self.gain = gain
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("threshold", &threshold, in: .real)
    visit("gain", &gain, in: .nonnegative, unit: .spikesPerMillisecond)
  }

  public func rate(at drive: Double) -> Double {
    // Written so that a NaN drive gives a NaN rate, which stops the run, and not silence.
    drive <= threshold ? 0 : gain * (drive - threshold)
  }

  public func rateAndSlope(at drive: Double) -> (rate: Double, slope: Double) {
    (rate(at: drive), drive > threshold ? gain : 0)
  }
}
