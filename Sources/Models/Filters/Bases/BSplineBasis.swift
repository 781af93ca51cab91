public import SpikingFramework

/// B-splines over the window, with evenly spaced knots that are repeated at both ends: smooth, local,
/// and 1 in sum at every lag.
///
///     b_j = N_j,k(u),  u = (B − k + 1) lag/(K − 1)
///
/// with N by the recursion of Cox and de Boor over the knots 0, 1, …, B − k + 1, the first and last k
/// times. The order k is the degree of the polynomials plus one. (de Boor 1978, A Practical Guide to
/// Splines, chapter IX.)
public struct BSplineBasis: ContinuousBasis, Hashable {
  public var count: Int
  public var window: Int
  /// k, the degree plus one: 4 for cubic splines. At most `count`.
  public var order: Int

  /// `count` functions over `window` bins.
  public init(count: Int, window: Int, order: Int = 4) {
    self.count = count
    self.window = window
    self.order = order
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("count", &count, in: .basisCount())
    visit("window", &window, in: .basisWindow(from: 2))
    visit("order", &order, in: .positiveCount)
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    try SplineRecursion.check(self, order: order)
  }

  public func functions() -> [[Double]] {
    let splines = SplineRecursion.clamped(count: count, order: order)
    return (0..<window).map { splines.values(lag: $0, window: window) }
  }

  public func values(at position: Double) -> [Double] {
    let splines = SplineRecursion.clamped(count: count, order: order)
    return splines.values(at: position * Double(splines.intervals))
  }

  public func forEachValue(at position: Double, _ body: (_ function: Int, _ value: Double) -> Void)
  {
    let splines = SplineRecursion.clamped(count: count, order: order)
    splines.forEachValue(at: position * Double(splines.intervals), body)
  }
}
