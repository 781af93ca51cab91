/// A small symmetric matrix, and the triangular factor of a positive definite one.
struct InformationMatrix: Sendable {
  var rows: [[Double]]
  var order: Int { rows.count }

  init(order: Int) {
    rows = Array(repeating: Array(repeating: 0, count: order), count: order)
  }

  /// Makes entries that were found twice equal: their mean within the first `block` rows and among
  /// the others, and what the first rows say between the two.
  mutating func symmetrize(block: Int) {
    for row in 0..<order {
      for column in 0..<row {
        let isMixed = row >= block && column < block
        let entry =
          isMixed ? rows[column][row] : 0.5 * (rows[row][column] + rows[column][row])
        rows[row][column] = entry
        rows[column][row] = entry
      }
    }
  }

  /// The factor L of L Lᵀ, or the number of the row where it ends with what is left of its diagonal
  /// entry, relative to this: one minus the share that earlier rows explain.
  ///
  /// - Complexity: O(order³).
  func factor(tolerance: Double) -> Factorization {
    var factor: [[Double]] = []
    for row in 0..<order {
      var line = [Double](repeating: 0, count: order)
      for column in 0...row {
        var rest = rows[row][column]
        let other = column == row ? line : factor[column]
        for index in 0..<column { rest -= line[index] * other[index] }
        if column < row {
          line[column] = rest / other[column]
          continue
        }
        guard rest > tolerance * rows[row][row] else {
          return .ended(row: row, rest: rest / rows[row][row], factor: factor + [line])
        }
        line[row] = rest.squareRoot()
      }
      factor.append(line)
    }
    return .complete(TriangularFactor(rows: factor))
  }

  enum Factorization {
    case complete(TriangularFactor)
    case ended(row: Int, rest: Double, factor: [[Double]])
  }
}

/// A lower triangular matrix L.
struct TriangularFactor: Sendable {
  let rows: [[Double]]

  /// L⁻¹ v.
  func solve(_ vector: [Double]) -> [Double] {
    var result = vector
    for row in rows.indices {
      for column in 0..<row { result[row] -= rows[row][column] * result[column] }
      result[row] /= rows[row][row]
    }
    return result
  }

  /// L⁻ᵀ v.
  func solveTransposed(_ vector: [Double]) -> [Double] {
    Self.solveTransposed(rows, vector)
  }

  /// The solution of the first equations, as many as `vector` has entries.
  static func solveTransposed(_ rows: [[Double]], _ vector: [Double]) -> [Double] {
    var result = vector
    for row in vector.indices.reversed() {
      result[row] /= rows[row][row]
      for column in 0..<row { result[column] -= rows[row][column] * result[row] }
    }
    return result
  }

  /// (L Lᵀ)⁻¹.
  var inverse: [[Double]] {
    rows.indices.map { column in
      var unit = [Double](repeating: 0, count: rows.count)
      unit[column] = 1
      return solveTransposed(solve(unit))
    }
  }
}
