public import SpikingFramework

/// M-splines over the window: B-splines scaled to an integral of 1, so that the weight of each is the
/// area that it adds to a filter.
///
///     b_j = k/(t_{j+k} − t_j) · N_j,k
///
/// with N_j,k and the knots t of a `BSplineBasis`, in units of the window: integrals are over
/// lag/(K − 1) from 0 to 1, and the sum over lags is about K − 1. (Ramsay 1988, Statist Sci 3:425.)
/// At the last lag, where the published form is zero, the last function has its limit from the left,
/// as in NeMoS; the order is 2 by default there.
public struct MSplineBasis: ContinuousBasis, Hashable {
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
    return (0..<window).map { scaled(splines.values(lag: $0, window: window), of: splines) }
  }

  public var isDensity: Bool { true }

  public func values(at position: Double) -> [Double] {
    let splines = SplineRecursion.clamped(count: count, order: order)
    return scaled(splines.values(at: position * Double(splines.intervals)), of: splines)
  }

  public func forEachValue(at position: Double, _ body: (_ function: Int, _ value: Double) -> Void)
  {
    let splines = SplineRecursion.clamped(count: count, order: order)
    splines.forEachValue(at: position * Double(splines.intervals)) { spline, value in
      body(spline, value * scale(of: spline, splines))
    }
  }

  private func scaled(_ values: [Double], of splines: SplineRecursion) -> [Double] {
    values.enumerated().map { $1 * scale(of: $0, splines) }
  }

  private func scale(of spline: Int, _ splines: SplineRecursion) -> Double {
    Double(order * splines.intervals) / (splines.knot(spline + order) - splines.knot(spline))
  }
}
