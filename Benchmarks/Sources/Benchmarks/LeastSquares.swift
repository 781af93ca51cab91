/// A sum of three terms that is fitted to measurements.
struct LeastSquares {
  /// What each term is multiplied by.
  let coefficients: SIMD3<Double>
  /// The fitted sums, as fractions of what was measured.
  let ratios: [Double]

  /// The coefficients for which the squares of the relative deviations have the smallest sum.
  init(terms: [SIMD3<Double>], values: [Double]) {
    // Divided by its value every equation has the right side 1: normal equations M c = v.
    let rows = zip(terms, values).map { $0 / $1 }
    var columns = (SIMD3<Double>(), SIMD3<Double>(), SIMD3<Double>())
    var right = SIMD3<Double>()
    for row in rows {
      columns.0 += row * row.x
      columns.1 += row * row.y
      columns.2 += row * row.z
      right += row
    }
    // Cramer's rule.
    let (a, b, c) = columns
    let determinant = Self.determinant(a, b, c)
    let coefficients =
      SIMD3(
        Self.determinant(right, b, c), Self.determinant(a, right, c),
        Self.determinant(a, b, right)) / determinant
    self.coefficients = coefficients
    ratios = rows.map { ($0 * coefficients).sum() }
  }

  private static func determinant(
    _ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>
  ) -> Double {
    let cross = SIMD3(
      b.y * c.z - b.z * c.y, b.z * c.x - b.x * c.z, b.x * c.y - b.y * c.x)
    return (a * cross).sum()
  }
}
