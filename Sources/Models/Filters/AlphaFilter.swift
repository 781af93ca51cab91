public import SpikingFramework
internal import SpikingNumerics

/// The alpha function, (t/tau) e^{1 − t/tau} at t = k dt, without end: it rises from 0 to 1 at t = tau
/// and decays. (Rall 1967, J Neurophysiol 30:1138.)
public struct AlphaFilter: TemporalFilter, Hashable {
  /// The time of the peak, and the time constant of the decay, in ms.
  public var tau: Double

  /// The filter that peaks after `tau` ms.
  public init(tau: Double) { self.tau = tau }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("tau", &tau, in: .positive, unit: .milliseconds)
  }

  public func taps(dt: Double) -> [Double] { ExponentialRecursion.taps(recursions(dt: dt)) }

  public func recursions(dt: Double) -> [ExponentialRecursion] {
    [
      ExponentialRecursion(
        rampedDecay: Elementary.exponential(-dt / tau), gain: Elementary.exponential(1) * dt / tau)
    ]
  }
}
