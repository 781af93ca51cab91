public import SpikingFramework
public import SpikingNonlinearities

/// The Bernoulli generalized linear model of Lepperød et al., "Inferring causal connectivity from
/// pairwise recordings and optogenetics" (bioRxiv 463760).
///
///     g_i(t) = Σ_k ref(k) x_i(t−1−k) + r Σ_j Σ_{k<couplingWindow} W_ji e^{−alpha k dt} x_j(t−1−k) + E_i(t)
///     p_i(t) = σ(g_i(t) − theta) · dt
///     x_i(t) ~ Bernoulli(p_i(t))
///
/// with the refractory filter `ref` of `RefractoryFilter`. The defaults are the published values.
/// In Spikeometric 1.0.3 `r` also scales the refractory filter, and an autapse is replaced by it;
/// here `r` scales the synapses only, and an autapse keeps its own weight.
public struct BernoulliGLM: CascadeModel, Hashable {
  /// θ, the drive at which a spike is as likely as not (at dt = 1).
  public var theta = 5.0
  /// The width of a bin in ms, at most 1: the rate can reach 1 spike per ms.
  public var dt = 1.0
  /// The window of the coupling filter, in bins.
  public var couplingWindow = 5
  /// The decay rate of the coupling filter, in 1/ms.
  public var alpha = 0.2
  /// The absolute refractory period, in bins.
  public var absoluteRefractoryScale = 3
  /// The drive during the absolute refractory period.
  public var absoluteRefractoryStrength = -100.0
  /// The relative refractory period, in bins.
  public var relativeRefractoryScale = 7
  /// The drive when the relative refractory period begins.
  public var relativeRefractoryStrength = -30.0
  /// The decay rate of the relative refractory period, in 1/ms.
  public var beta = 0.5
  /// What multiplies all synapses.
  public var r = 1.0

  /// The model with its published parameters, each of which can be set afterwards.
  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("theta", &theta, in: .real)
    visit("dt", &dt, in: .positive(upTo: 1), unit: .milliseconds)
    visit("couplingWindow", &couplingWindow, in: .filterWindow)
    visit("alpha", &alpha, in: .nonnegative, unit: .perMillisecond)
    visit("absoluteRefractoryScale", &absoluteRefractoryScale, in: .filterWindow)
    visit("absoluteRefractoryStrength", &absoluteRefractoryStrength, in: .real)
    visit("relativeRefractoryScale", &relativeRefractoryScale, in: .filterWindow)
    visit("relativeRefractoryStrength", &relativeRefractoryStrength, in: .real)
    visit("beta", &beta, in: .nonnegative, unit: .perMillisecond)
    visit("r", &r, in: .real)
  }

  public var nonlinearity: Sigmoid { Sigmoid(threshold: theta) }
  public var emission: BernoulliEmission { BernoulliEmission() }
  public var coupling: ExponentialFilter {
    ExponentialFilter(decayRate: alpha, window: couplingWindow)
  }
  public var synapticScale: Double { r }

  public var historyFilter: RefractoryFilter {
    RefractoryFilter(
      absoluteScale: absoluteRefractoryScale, absoluteStrength: absoluteRefractoryStrength,
      relativeScale: relativeRefractoryScale, relativeStrength: relativeRefractoryStrength,
      decayRate: beta)
  }
}
