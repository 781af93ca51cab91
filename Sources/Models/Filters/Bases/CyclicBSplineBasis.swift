public import SpikingFramework

/// B-splines on a circle: smooth, local, 1 in sum at every lag, and the same at the last lag as at
/// lag 0. For what repeats itself, such as the phase of an oscillation, with a window of a period.
///
///     b_j = Σ_m N_k(B lag/(K − 1) + k − 1 − j + m B)
///
/// with N_k the B-spline of the knots 0, 1, …, k, by the recursion of Cox and de Boor. (de Boor 1978,
/// A Practical Guide to Splines, chapter IX; numbered as in NeMoS.)
public struct CyclicBSplineBasis: ContinuousBasis, Hashable {
  public var count: Int
  public var window: Int
  /// k, the degree plus one: 4 for cubic splines. At least 2 and at most `count`.
  public var order: Int

  /// `count` functions over `window` bins.
  public init(count: Int, window: Int, order: Int = 4) {
    self.count = count
    self.window = window
    self.order = order
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("count", &count, in: .basisCount(from: 2))
    visit("window", &window, in: .basisWindow(from: 2))
    visit("order", &order, in: ParameterDomain(.integer, 2, 1000))
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    try SplineRecursion.check(self, order: order)
  }

  public func functions() -> [[Double]] {
    let splines = SplineRecursion.even(intervals: count, order: order)
    return (0..<window).map { closed(splines.values(lag: $0, window: window)) }
  }

  public var isCyclic: Bool { true }

  public func values(at position: Double) -> [Double] {
    let splines = SplineRecursion.even(intervals: count, order: order)
    return closed(splines.values(at: position * Double(count)))
  }

  public func forEachValue(at position: Double, _ body: (_ function: Int, _ value: Double) -> Void)
  {
    SplineRecursion.even(intervals: count, order: order)
      .forEachValue(at: position * Double(count)) { body($0 < count ? $0 : $0 - count, $1) }
  }

  /// What leaves the circle at its end comes in again at its beginning.
  private func closed(_ values: [Double]) -> [Double] {
    var values = values
    for beyond in count..<values.count { values[beyond - count] += values[beyond] }
    return Array(values.prefix(count))
  }
}
