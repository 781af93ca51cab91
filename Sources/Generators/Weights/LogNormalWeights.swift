public import SpikingFramework
internal import SpikingNumerics

/// Log-normal strengths: their logarithm is N(`mu`, `sigma`²).
///
/// The median is e^mu and the mean e^{mu + sigma²/2}. Cortical synapses have such a distribution (Song
/// et al. 2005, who found mu = −0.702 and sigma = 0.9355 for amplitudes in mV).
public struct LogNormalWeights: WeightDistribution, Hashable {
  /// The mean of the logarithm.
  public var mu: Double
  /// The standard deviation of the logarithm.
  public var sigma: Double

  /// Log-normal strengths; by default with the median 1.
  public init(mu: Double = 0, sigma: Double = 1) {
    self.mu = mu
    self.sigma = sigma
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("mu", &mu, in: .real)
    visit("sigma", &sigma, in: .nonnegative)
  }

  public func weight(using random: inout RandomStream) -> Double {
    Elementary.exponential(mu + sigma * random.normal())
  }
}
