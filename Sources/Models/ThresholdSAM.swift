public import SpikingFramework
public import SpikingNonlinearities

/// The threshold model with synaptic activation of Das and Fiete, "Systematic errors in connectivity
/// inferred from activity in strongly coupled recurrent circuits" (bioRxiv 512053), their generative
/// model.
///
///     s_j(t+1) = s_j(t) (1 − dt/tau) + x_j(t) dt
///     g_i(t) = r Σ_j W_ji s_j(t) + b (1 + ξ m) + E_i(t)
///     x_i(t) = 1 if g_i(t) > theta, else 0
///
/// with ξ ~ N(0, sigma²) and m ~ Bernoulli(rho), drawn afresh for each neuron and bin. Because they
/// are, only the probability that the noise lifts a drive above the threshold matters, and the
/// cascade draws from that:
///
///     P(x_i(t) = 1) = (1 − rho) · 1(g > theta) + rho · Φ((g − theta) / (|b| sigma)), g without noise
///
/// Spikeometric 1.0.3 multiplies the noise by itself, b (1 + ξ² m), which never inhibits.
///
/// The defaults are those of Spikeometric's examples, for weights of some thousandths: 73 Hz without
/// input.
public struct ThresholdSAM: CascadeModel, Hashable {
  /// What multiplies all synapses, in 1/ms, as their activation is a time.
  public var r = 0.025
  /// The mean drive of a neuron without input.
  public var b = 0.001
  /// The time constant of the synaptic activation, in ms; at least dt.
  public var tau = 10.0
  /// The width of a bin in ms.
  public var dt = 0.1
  /// The standard deviation of the noise, in units of b.
  public var sigma = 0.3
  /// The fraction of bins in which a neuron has noise.
  public var rho = 0.07
  /// θ, the drive above which a neuron fires.
  public var theta = 0.001378

  /// The model with its default parameters, each of which can be set afterwards.
  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("r", &r, in: .real, unit: .perMillisecond)
    visit("b", &b, in: .real)
    visit("tau", &tau, in: .positive, unit: .milliseconds)
    visit("dt", &dt, in: .positive, unit: .milliseconds)
    visit("sigma", &sigma, in: .nonnegative)
    visit("rho", &rho, in: .fraction)
    visit("theta", &theta, in: .real)
  }

  public var nonlinearity: Threshold {
    Threshold(threshold: theta, maximum: 1 / dt, deviation: abs(b) * sigma, noisyFraction: rho)
  }
  public var emission: BernoulliEmission { BernoulliEmission() }
  public var coupling: SynapticActivationFilter { SynapticActivationFilter(tau: tau) }
  public var synapticScale: Double { r }
  public var baseline: Double { b }
}
