public import SpikingFramework
internal import SpikingNumerics

/// What a neuron's own spike does to it: an absolute refractory period of constant strength, then a
/// relative one that decays.
///
///     ref(k) = absoluteStrength                            0 ≤ k < A
///              relativeStrength · e^{−decayRate (k − A) dt}  A ≤ k < A + R
///
/// (Lepperød et al., bioRxiv 463760.) Spikeometric 1.0.3 adds a tap at k = A + R where the coupling
/// window is longer than A + R; the published filter, and this one, end before it.
public struct RefractoryFilter: TemporalFilter, Hashable {
  /// A, the absolute refractory period in bins.
  public var absoluteScale: Int
  /// The drive during the absolute period; strongly negative.
  public var absoluteStrength: Double
  /// R, the relative refractory period in bins.
  public var relativeScale: Int
  /// The drive when the relative period begins.
  public var relativeStrength: Double
  /// How fast the relative period wears off, in 1/ms.
  public var decayRate: Double

  /// The filter of two periods (bins), their strengths, and a decay rate (1/ms).
  public init(
    absoluteScale: Int, absoluteStrength: Double, relativeScale: Int, relativeStrength: Double,
    decayRate: Double
  ) {
    self.absoluteScale = absoluteScale
    self.absoluteStrength = absoluteStrength
    self.relativeScale = relativeScale
    self.relativeStrength = relativeStrength
    self.decayRate = decayRate
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("absoluteScale", &absoluteScale, in: .filterWindow)
    visit("absoluteStrength", &absoluteStrength, in: .real)
    visit("relativeScale", &relativeScale, in: .filterWindow)
    visit("relativeStrength", &relativeStrength, in: .real)
    visit("decayRate", &decayRate, in: .nonnegative, unit: .perMillisecond)
  }

  public func taps(dt: Double) -> [Double] {
    [Double](repeating: absoluteStrength, count: absoluteScale)
      + (0..<relativeScale).map {
        relativeStrength * Elementary.exponential(-decayRate * Double($0) * dt)
      }
  }
}
