public import SpikingFramework
internal import SpikingNumerics

/// An exponential decay without end, e^{−k dt/tau}, k = 0, 1, …: what a leaky integrator makes of a
/// spike.
public struct LeakyIntegratorFilter: TemporalFilter, Hashable {
  /// The time constant in ms.
  public var tau: Double

  /// The filter of a time constant in ms.
  public init(tau: Double) { self.tau = tau }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("tau", &tau, in: .positive, unit: .milliseconds)
  }

  public func taps(dt: Double) -> [Double] { ExponentialRecursion.taps(recursions(dt: dt)) }

  public func recursions(dt: Double) -> [ExponentialRecursion] {
    [ExponentialRecursion(decay: Elementary.exponential(-dt / tau))]
  }
}
