public import SpikingFramework
internal import SpikingNumerics

/// An exponential decay over a window: e^{−rate · k · dt} for k = 0 … window − 1.
public struct ExponentialFilter: TemporalFilter, Hashable {
  /// The decay rate in 1/ms; 1/τ for a time constant τ in ms.
  public var decayRate: Double
  /// The length of the window in bins.
  public var window: Int

  /// The filter of a decay rate (1/ms) and a window (bins).
  public init(decayRate: Double, window: Int) {
    self.decayRate = decayRate
    self.window = window
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("decayRate", &decayRate, in: .nonnegative, unit: .perMillisecond)
    visit("window", &window, in: .filterWindow)
  }

  public func taps(dt: Double) -> [Double] {
    (0..<window).map { Elementary.exponential(-decayRate * Double($0) * dt) }
  }

  public func recursions(dt: Double) -> [ExponentialRecursion] {
    [ExponentialRecursion(decay: Elementary.exponential(-decayRate * dt), window: window)]
  }
}
