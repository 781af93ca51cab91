import Spiking
import SpikingTestCases
import Testing

/// Matrices whose factors, inverses and ranks are known.
@Suite struct SymmetricMatrixTests {
  private func matrix(_ rows: [[Double]]) -> SymmetricMatrix {
    var matrix = SymmetricMatrix(order: rows.count)
    for (row, values) in rows.enumerated() {
      for (column, value) in values.enumerated() { matrix[row, column] = value }
    }
    return matrix
  }

  /// L Lᵀ with L = (2, 0, 0; 6, 1, 0; −8, 5, 3).
  private var known: SymmetricMatrix { matrix([[4, 12, -16], [12, 37, -43], [-16, -43, 98]]) }

  @Test func `Cholesky's factor turns the matrix into the unit matrix`() throws {
    let factor = try #require(CholeskyFactor(known))
    #expect(factor.order == 3)
    // Lᵀ x, L⁻¹ g and L⁻ᵀ z by hand.
    #expect(factor.whitened([1, 2, 3]) == [-10, 17, 9])
    #expect(factor.whitened(gradient: [2, 7, 0]) == [1, 1, 1])
    #expect(factor.unwhitened([-10, 17, 9]) == [1, 2, 3])
    // A (1, 2, 3) = (−20, −43, 192).
    #expect(factor.solving([-20, -43, 192]) == [1, 2, 3])
    // 36 A⁻¹ is the matrix of cofactors, as det A = 36.
    let inverse = factor.inverse()
    let expected = matrix([
      [1777.0 / 36, -488.0 / 36, 76.0 / 36], [-488.0 / 36, 136.0 / 36, -20.0 / 36],
      [76.0 / 36, -20.0 / 36, 4.0 / 36],
    ])
    for (found, entry) in zip(inverse.entries, expected.entries) {
      #expect(abs(found - entry) < 1e-11)
    }
    let unit = CholeskyFactor.unit(order: 2)
    #expect(unit.whitened([3, 4]) == [3, 4] && unit.unwhitened([3, 4]) == [3, 4])
  }

  @Test func `matrices that are not positive definite have no factor`() {
    #expect(CholeskyFactor(matrix([[1, 2], [2, 1]])) == nil)
    #expect(CholeskyFactor(matrix([[1, 1], [1, 1]])) == nil)
    #expect(CholeskyFactor(matrix([[1, 0], [0, .nan]])) == nil)
    #expect(CholeskyFactor(SymmetricMatrix(order: 0)) == nil)
  }

  @Test func `a sandwich is the product of three matrices`() {
    let (a, b) = (matrix([[1, 2], [2, 0]]), matrix([[3, -1], [-1, 5]]))
    // A B = (1, 9; 6, −2), and that times A.
    #expect(a.sandwiching(b) == matrix([[19, 2], [2, 12]]))
    #expect(b.sandwiching(matrix([[1, 0], [0, 1]])) == matrix([[10, -8], [-8, 26]]))
  }

  @Test func `rows and columns are selected in the order asked for`() {
    #expect(known.diagonal == [4, 37, 98])
    #expect(known.selecting([2, 0]) == matrix([[98, -16], [-16, 4]]))
    #expect(known.selecting([]).order == 0)
  }

  @Test func `columns that others add up to are found, whatever their lengths`() throws {
    #expect(known.dependentColumns() == [])
    // Products of (1, 0, 0), (0, 1e-6, 0), 0, (1000, 0, 0), (0, 0, 2), (3, 0, 1).
    let vectors: [[Double]] = [
      [1, 0, 0], [0, 1e-6, 0], [0, 0, 0], [1000, 0, 0], [0, 0, 2], [3, 0, 1],
    ]
    let products = matrix(
      vectors.map { one in vectors.map { other in zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } } }
    )
    let dependent = products.dependentColumns()
    // Three dimensions: three columns are left out. The 0 is one, and one of the two multiples.
    #expect(dependent.count == 3 && dependent.contains(2) && !dependent.contains(1))
    #expect(dependent.contains(0) || dependent.contains(3) || dependent == [2, 4, 5])
    let rest = (0..<6).filter { !dependent.contains($0) }
    #expect(CholeskyFactor(products.selecting(rest)) != nil)
    // Nearly the same direction: within the tolerance or not.
    let near = matrix([[1, 1 - 1e-8], [1 - 1e-8, 1]])
    #expect(near.dependentColumns() == [])
    #expect(near.dependentColumns(tolerance: 1e-6).count == 1)
    #expect(SymmetricMatrix(order: 2).dependentColumns() == [0, 1])
  }
}
