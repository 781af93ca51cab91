public import SpikingFramework
public import SpikingNonlinearities

/// The rectified linear-nonlinear-Poisson (LNP) cascade of Das and Fiete, "Systematic errors in
/// connectivity inferred from activity in strongly coupled recurrent circuits" (bioRxiv 512053, S.6).
///
///     g_i(t) = r Σ_j Σ_{k<couplingWindow} W_ji e^{−k dt/tau} x_j(t−1−k) + b + E_i(t)
///     μ_i(t) = lambda0 dt [g_i(t) − theta]₊
///     x_i(t) ~ Poisson(μ_i(t))
///
/// The defaults are those of Spikeometric's examples, for weights of some hundredths: 29 Hz without
/// input.
public struct RectifiedLNP: CascadeModel, Hashable {
  /// λ₀, the gain above the threshold, in spikes per ms.
  public var lambda0 = 9.8
  /// θ, the drive at which firing begins.
  public var theta = -0.002
  /// The window of the coupling filter, in bins.
  public var couplingWindow = 200
  /// The time constant of the coupling filter, in ms.
  public var tau = 10.0
  /// The width of a bin in ms.
  public var dt = 0.1
  /// What multiplies all synapses.
  public var r = 0.025
  /// The drive of a neuron without input.
  public var b = 0.001

  /// The model with its default parameters, each of which can be set afterwards.
  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("lambda0", &lambda0, in: .nonnegative, unit: .spikesPerMillisecond)
    visit("theta", &theta, in: .real)
    visit("couplingWindow", &couplingWindow, in: .filterWindow)
    visit("tau", &tau, in: .positive, unit: .milliseconds)
    visit("dt", &dt, in: .positive, unit: .milliseconds)
    visit("r", &r, in: .real)
    visit("b", &b, in: .real)
  }

  public var nonlinearity: Rectifier { Rectifier(threshold: theta, gain: lambda0) }
  public var emission: PoissonEmission { PoissonEmission() }
  public var coupling: ExponentialFilter {
    ExponentialFilter(decayRate: 1 / tau, window: couplingWindow)
  }
  public var synapticScale: Double { r }
  public var baseline: Double { b }
}
