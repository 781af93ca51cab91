/// A sum of two terms, each with a factor, that is fitted to measurements.
struct LeastSquares {
  /// What each term is multiplied by.
  let factors: SIMD2<Double>
  /// The fitted sums, as fractions of what was measured.
  let ratios: [Double]

  /// The factors for which the squares of the relative deviations have the smallest sum.
  init(terms: [SIMD2<Double>], values: [Double]) {
    // Divided by its value every equation has the right side 1. The normal equations are solved by
    // Cramer's rule.
    let rows = zip(terms, values).map { $0 / $1 }
    let (sum, squares) = rows.reduce((SIMD2(), SIMD2())) { ($0.0 + $1, $0.1 + $1 * $1) }
    let product = rows.reduce(0) { $0 + $1.x * $1.y }
    let factors =
      SIMD2(sum.x * squares.y - sum.y * product, sum.y * squares.x - sum.x * product)
      / (squares.x * squares.y - product * product)
    self.factors = factors
    ratios = rows.map { ($0 * factors).sum() }
  }
}
