public import SpikingFramework
internal import SpikingNumerics

/// The difference of two exponentials, c (e^{−t/decay} − e^{−t/rise}) at t = k dt, without end, with c
/// such that its peak over continuous time is 1. (Dayan and Abbott 2001, eq. 5.34.)
public struct DifferenceOfExponentialsFilter: TemporalFilter, Hashable {
  /// The time constant of the rise in ms, shorter than that of the decay.
  public var riseTime: Double
  /// The time constant of the decay in ms.
  public var decayTime: Double

  /// The filter of two time constants in ms.
  public init(riseTime: Double, decayTime: Double) {
    self.riseTime = riseTime
    self.decayTime = decayTime
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("riseTime", &riseTime, in: .positive, unit: .milliseconds)
    visit("decayTime", &decayTime, in: .positive, unit: .milliseconds)
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    // Closer together the difference is lost in rounding.
    guard riseTime < decayTime * (1 - 1e-6) else {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).riseTime", found: riseTime,
        expected: "less than decayTime (\(decayTime))")
    }
  }

  public func taps(dt: Double) -> [Double] { ExponentialRecursion.taps(recursions(dt: dt)) }

  public func recursions(dt: Double) -> [ExponentialRecursion] {
    let peak = Elementary.logarithm(decayTime / riseTime) / (1 / riseTime - 1 / decayTime)
    let gain =
      1 / (Elementary.exponential(-peak / decayTime) - Elementary.exponential(-peak / riseTime))
    return [
      ExponentialRecursion(decay: Elementary.exponential(-dt / decayTime), gain: gain),
      ExponentialRecursion(decay: Elementary.exponential(-dt / riseTime), gain: -gain),
    ]
  }
}
