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
  /// Whether the first and the last knot are there k times, so that the splines end at the ends, or knots go on evenly, k − 1
  /// beyond both.
  let isClamped: Bool

  /// `count` splines: knots at 0, 1, …, count − k + 1, the first and the last of them k times.
  static func clamped(count: Int, order: Int) -> SplineRecursion {
    SplineRecursion(order: order, intervals: count - order + 1, isClamped: true)
  }

  /// count + k − 1 splines, all of one shape.
  static func even(intervals: Int, order: Int) -> SplineRecursion {
    SplineRecursion(order: order, intervals: intervals, isClamped: false)
  }

  /// The number of splines.
  var count: Int { intervals + order - 1 }

  /// t_i: ascending, t_{k−1} = 0.
  func knot(_ index: Int) -> Double {
    let place = index - order + 1
    return Double(isClamped ? min(max(place, 0), intervals) : place)
  }

  /// N_i,k for all i where lag 0 … `window` − 1 is spread over 0 … `intervals`.
  func values(lag: Int, window: Int) -> [Double] {
    values(at: Double(lag * intervals) / Double(window - 1))
  }

  /// N_i,k(u) for all i, 0 ≤ u ≤ `intervals`; the last interval includes its end.
  func values(at u: Double) -> [Double] {
    var values = [Double](repeating: 0, count: count)
    forEachValue(at: u) { values[$0] = $1 }
    return values
  }

  /// Calls `body` with the k splines that may not be 0 at u: of order r there are r, of which each gives a part of itself to two
  /// of order r + 1.
  func forEachValue(at u: Double, _ body: (_ spline: Int, _ value: Double) -> Void) {
    let first = min(Int(u), intervals - 1)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * order) { memory in
      memory.initialize(repeating: 0)
      // The values, and behind them the knots from first + 1 on.
      let knots = order
      for place in 0..<2 * (order - 1) { memory[knots + place] = knot(first + 1 + place) }
      memory[0] = 1
      for r in stride(from: 1, to: order, by: 1) {
        var handed = 0.0
        for place in 0..<r {
          let right = memory[knots + order - 1 + place]
          let left = memory[knots + order - 1 + place - r]
          let part = memory[place] / (right - left)
          memory[place] = handed + (right - u) * part
          handed = (u - left) * part
        }
        memory[r] = handed
      }
      for place in 0..<order { body(first + place, memory[place]) }
    }
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
