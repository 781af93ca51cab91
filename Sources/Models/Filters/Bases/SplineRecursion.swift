internal import SpikingFramework

/// B-splines by the recursion of Cox and de Boor.
///
///     N_i,1(u) = 1 for t_i ≤ u < t_{i+1}, else 0
///     N_i,r(u) = (u − t_i)/(t_{i+r−1} − t_i) N_i,r−1(u)
///                + (t_{i+r} − u)/(t_{i+r} − t_{i+1}) N_{i+1},r−1(u),  0/0 = 0
///
/// (de Boor 1978, A Practical Guide to Splines, chapter IX.)
struct SplineRecursion {
  /// The order k: the degree of the polynomials plus one.
  let order: Int
  /// How many intervals of length 1 the splines cover: 0 ≤ u ≤ intervals.
  let intervals: Int
  /// The knots t_i, ascending; t_{k−1} = 0.
  let knots: [Double]

  /// `count` splines: knots at 0, 1, …, count − k + 1, the first and the last of them k times, so
  /// that the splines end at the ends.
  static func clamped(count: Int, order: Int) -> SplineRecursion {
    let intervals = count - order + 1
    let knots = (1 - order..<count + 1).map { Double(min(max($0, 0), intervals)) }
    return SplineRecursion(order: order, intervals: intervals, knots: knots)
  }

  /// count + k − 1 splines, all of one shape: knots go on evenly, k − 1 beyond both ends.
  static func even(intervals: Int, order: Int) -> SplineRecursion {
    let knots = (1 - order..<intervals + order).map(Double.init)
    return SplineRecursion(order: order, intervals: intervals, knots: knots)
  }

  /// N_i,k for all i where lag 0 … `window` − 1 is spread over 0 … `intervals`.
  func values(lag: Int, window: Int) -> [Double] {
    values(at: Double(lag * intervals) / Double(window - 1))
  }

  /// N_i,k(u) for all i, 0 ≤ u ≤ `intervals`; the last interval includes its end.
  func values(at u: Double) -> [Double] {
    var values = [Double](repeating: 0, count: knots.count - 1)
    values[order - 1 + min(Int(u), intervals - 1)] = 1
    for r in stride(from: 2, through: order, by: 1) {
      values = (0..<knots.count - r).map { i in
        fraction(u - knots[i], knots[i + r - 1] - knots[i]) * values[i]
          + fraction(knots[i + r] - u, knots[i + r] - knots[i + 1]) * values[i + 1]
      }
    }
    return values
  }

  private func fraction(_ part: Double, _ whole: Double) -> Double {
    whole > 0 ? part / whole : 0
  }

  /// Throws where there are fewer functions than the order.
  static func check(
    _ basis: some Basis, order: Int
  ) throws(SpikingError) {
    guard order <= basis.count else {
      throw SpikingError(
        .invalidParameter, "\(type(of: basis).typeName).order", found: order,
        expected: "at most the number of functions, \(basis.count)")
    }
  }
}
