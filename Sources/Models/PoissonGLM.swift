public import SpikingFramework
public import SpikingNonlinearities

/// The Poisson generalized linear model, the exponential linear-nonlinear-Poisson (LNP) cascade, of
/// Das and Fiete, "Systematic errors in connectivity inferred from activity in strongly coupled
/// recurrent circuits" (bioRxiv 512053, S.7).
///
///     g_i(t) = r Σ_j Σ_{k<couplingWindow} W_ji e^{−k dt/tau} x_j(t−1−k) + b + E_i(t)
///     μ_i(t) = (dt/alpha) e^{beta g_i(t)}
///     x_i(t) ~ Poisson(μ_i(t))
///
/// Spikeometric 1.0.3 emits counts × dt; here a count is a count. Nothing bounds the rate: a
/// network with strong excitation runs away, and the simulator says so.
public struct PoissonGLM: CascadeModel, Hashable {
  /// The time per spike at drive 0, in ms.
  public var alpha = 100.0
  /// By how many e-folds the rate grows with one unit of drive.
  public var beta = 1.0
  /// The window of the coupling filter, in bins.
  public var couplingWindow = 20
  /// The time constant of the coupling filter, in ms.
  public var tau = 5.0
  /// The width of a bin in ms.
  public var dt = 1.0
  /// What multiplies all synapses.
  public var r = 1.0
  /// The drive of a neuron without input.
  public var b = 0.0

  /// The model at 10 Hz without input, each parameter of which can be set afterwards.
  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("alpha", &alpha, in: .positive, unit: .milliseconds)
    visit("beta", &beta, in: .real)
    visit("couplingWindow", &couplingWindow, in: .filterWindow)
    visit("tau", &tau, in: .positive, unit: .milliseconds)
    visit("dt", &dt, in: .positive, unit: .milliseconds)
    visit("r", &r, in: .real)
    visit("b", &b, in: .real)
  }

  public var nonlinearity: Exponential { Exponential(scale: 1 / alpha, gain: beta) }
  public var emission: PoissonEmission { PoissonEmission() }
  public var coupling: ExponentialFilter {
    ExponentialFilter(decayRate: 1 / tau, window: couplingWindow)
  }
  public var synapticScale: Double { r }
  public var baseline: Double { b }
}
