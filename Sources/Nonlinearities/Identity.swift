public import SpikingFramework

/// No nonlinearity: the drive is the rate, in spikes per ms. Below zero there are no spikes.
public struct Identity: Nonlinearity {
  /// The identity.
  public init() {}

  public func rate(at drive: Double) -> Double { drive }

  public func rateAndSlope(at drive: Double) -> (rate: Double, slope: Double) { (drive, 1) }
}
