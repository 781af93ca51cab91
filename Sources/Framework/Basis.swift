/// A set of functions of the lag whose weighted sums are filters: what a fit estimates are the weights.
public protocol Basis: Parameterized, Sendable {
  /// B, the number of functions.
  var count: Int { get }
  /// K, the number of lags, in bins.
  var window: Int { get }
  /// The values at the lags 0 … K − 1 (k = lag − 1 where spikes are filtered), by lag: K lists of B.
  func functions() -> [[Double]]
  /// The same basis with other numbers of functions and lags. The default sets the parameters `count` and
  /// `window`; a basis in which others follow from these computes them again.
  func resized(count: Int, window: Int) throws(SpikingError) -> Self
}

extension Basis {
  public func resized(count: Int, window: Int) throws(SpikingError) -> Self {
    var basis = self
    let names = parameters.map(\.name)
    if names.contains("count") { try basis.setParameter("count", to: Double(count)) }
    try basis.setParameter("window", to: Double(window))
    return basis
  }
}
