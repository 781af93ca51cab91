public import SpikingFramework

/// Synaptic activation, which a spike raises by dt and which decays with the time constant tau, in
/// steps of one bin:
///
///     s(t+1) = s(t) (1 − dt/tau) + x(t) dt
///
/// so that the filter is dt (1 − dt/tau)ᵏ, k = 0, 1, …, without end. (Das and Fiete, bioRxiv
/// 512053.) A bin is at most tau wide; models that use it check that.
public struct SynapticActivationFilter: TemporalFilter, Hashable {
  /// The time constant in ms.
  public var tau: Double

  /// The filter of a time constant in ms.
  public init(tau: Double) { self.tau = tau }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("tau", &tau, in: .positive, unit: .milliseconds)
  }

  public func taps(dt: Double) -> [Double] { ExponentialRecursion.taps(recursions(dt: dt)) }

  public func recursions(dt: Double) -> [ExponentialRecursion] {
    [ExponentialRecursion(decay: max(1 - dt / tau, 0), gain: dt)]
  }
}
