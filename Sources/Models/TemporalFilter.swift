public import SpikingFramework

/// How one spike acts on later bins: a weight for each lag.
///
/// A filter is a value, so that it can be saved, compared and fitted. One method is owed, the taps;
/// an exponential filter also says how it can be computed without them.
public protocol TemporalFilter: Parameterized, Sendable {
  /// The weights at k = lag − 1 = 0, 1, …: `taps(dt:)[0]` acts on the bin after the spike. Beyond
  /// the last the filter is zero.
  ///
  /// - Parameter dt: the width of a bin in ms.
  func taps(dt: Double) -> [Double]

  /// The same filter as a recursion, where it is an exponential one; nil by default.
  func recursion(dt: Double) -> ExponentialRecursion?
}

extension TemporalFilter {
  /// None: the taps are summed one by one.
  public func recursion(dt: Double) -> ExponentialRecursion? { nil }
}

/// An exponential filter ρᵏ, k = 0 … T − 1, computed from its last value alone:
///
///     G(t+1) = ρ G(t) + y(t) − ρᵀ y(t−T)
///
/// which costs the same for any window T and equals the sum of the taps up to rounding. Rounding
/// errors decay with ρ as the filter itself does; where ρ is 1 they add up, by 10⁻¹⁶ a bin at most.
public struct ExponentialRecursion: Hashable, Sendable {
  /// ρ, by which an input decays in one bin, from 0 to 1.
  public var decay: Double
  /// T, the number of bins after which an input is forgotten; nil where it never is.
  public var window: Int?

  /// The recursion of a decay and a window.
  public init(decay: Double, window: Int?) {
    self.decay = decay
    self.window = window
  }
}
