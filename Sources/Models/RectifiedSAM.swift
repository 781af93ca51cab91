public import SpikingFramework
public import SpikingNonlinearities

/// The rectified synaptic activation model of Das and Fiete, "Systematic errors in connectivity
/// inferred from activity in strongly coupled recurrent circuits" (bioRxiv 512053, S.5).
///
///     s_j(t+1) = s_j(t) (1 − dt/tau) + x_j(t) dt
///     g_i(t) = r Σ_j W_ji s_j(t) + b + E_i(t)
///     μ_i(t) = lambda0 dt [g_i(t) − theta]₊
///     x_i(t) ~ Poisson(μ_i(t))
///
/// The defaults are those of Spikeometric's examples, for weights of some thousandths: 16 Hz without
/// input.
public struct RectifiedSAM: CascadeModel, Hashable {
  /// λ₀, the gain above the threshold, in spikes per ms.
  public var lambda0 = 1.0861
  /// θ, the drive at which firing begins.
  public var theta = -0.0137
  /// The time constant of the synaptic activation, in ms; at least dt.
  public var tau = 10.0
  /// The width of a bin in ms.
  public var dt = 0.1
  /// What multiplies all synapses, in 1/ms, as their activation is a time.
  public var r = 0.025
  /// The drive of a neuron without input.
  public var b = 0.001

  /// The model with its default parameters, each of which can be set afterwards.
  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("lambda0", &lambda0, in: .nonnegative, unit: .spikesPerMillisecond)
    visit("theta", &theta, in: .real)
    visit("tau", &tau, in: .positive, unit: .milliseconds)
    visit("dt", &dt, in: .positive, unit: .milliseconds)
    visit("r", &r, in: .real, unit: .perMillisecond)
    visit("b", &b, in: .real)
  }

  public var nonlinearity: Rectifier { Rectifier(threshold: theta, gain: lambda0) }
  public var emission: PoissonEmission { PoissonEmission() }
  public var coupling: SynapticActivationFilter { SynapticActivationFilter(tau: tau) }
  public var synapticScale: Double { r }
  public var baseline: Double { b }
}
