/// A set of functions of the lag whose weighted sums are filters: what a fit estimates are the weights.
public protocol Basis: Parameterized, Sendable {
  /// B, the number of functions.
  var count: Int { get }
  /// K, the number of lags, in bins.
  var window: Int { get }
  /// The values at the lags 0 … K − 1 (k = lag − 1 where spikes are filtered), by lag: K lists of B.
  func functions() -> [[Double]]
}
