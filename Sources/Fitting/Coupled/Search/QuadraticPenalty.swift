internal import SpikingNumerics

/// A quadratic function of the coefficients of a neuron, ½ wᵀ P w, of which P has few entries: ridges, and squares of
/// differences.
struct QuadraticPenalty: Sendable {
  /// The entry of each column with itself.
  var diagonal: [Double]
  /// Those of two different columns, each pair once.
  private var products: [(first: Int, second: Int, strength: Double)] = []

  init(columnCount: Int) { diagonal = Array(repeating: 0, count: columnCount) }

  /// Whether it is 0 everywhere.
  var isZero: Bool { diagonal.allSatisfy { $0 == 0 } }

  /// Adds ½ smooth Σ (Δ^order w)² along each axis whose weights have neighbours.
  mutating func addDifferences(_ penalty: Penalty, of group: FitColumns.Group, axes: [TermAxis]) {
    let stencil = penalty.order == 1 ? [-1.0, 1] : [1, -2, 1]
    var stride = group.columns.count
    for axis in axes {
      stride /= axis.count
      guard axis.isOrdered else { continue }
      let starts = axis.isCyclic ? axis.count : axis.count - stencil.count + 1
      // A circle of few weights has no more differences than neighbours.
      guard starts > 0, axis.count >= stencil.count else { continue }
      for place in 0..<group.columns.count where place / stride % axis.count == 0 {
        for start in 0..<starts {
          add(
            stencil.indices.map { step in
              group.columns.lowerBound + place + (start + step) % axis.count * stride
            }, stencil, strength: penalty.smooth)
        }
      }
    }
  }

  /// Adds ½ strength (Σ factor w)².
  private mutating func add(_ columns: [Int], _ factors: [Double], strength: Double) {
    for one in columns.indices {
      diagonal[columns[one]] += strength * factors[one] * factors[one]
      for other in 0..<one {
        products.append((columns[one], columns[other], strength * factors[one] * factors[other]))
      }
    }
  }

  /// ½ wᵀ P w.
  func value(_ coefficients: [Double]) -> Double {
    var value = 0.0
    for (column, strength) in diagonal.enumerated() where strength != 0 {
      value += 0.5 * strength * coefficients[column] * coefficients[column]
    }
    for (first, second, strength) in products {
      value += strength * coefficients[first] * coefficients[second]
    }
    return value
  }

  /// Adds P w to a gradient.
  func addSlopes(at coefficients: [Double], to gradient: inout [Double]) {
    for (column, strength) in diagonal.enumerated() {
      gradient[column] += strength * coefficients[column]
    }
    for (first, second, strength) in products {
      gradient[first] += strength * coefficients[second]
      gradient[second] += strength * coefficients[first]
    }
  }

  /// The part of it of some columns alone.
  func selecting(_ columns: [Int]) -> QuadraticPenalty {
    let isMeant = Set(columns)
    var part = QuadraticPenalty(columnCount: diagonal.count)
    for column in columns { part.diagonal[column] = diagonal[column] }
    part.products = products.filter { isMeant.contains($0.first) && isMeant.contains($0.second) }
    return part
  }

  /// tr(A P) for a symmetric matrix that has rows of some columns; of the others it is 0.
  func trace(_ matrix: SymmetricMatrix, rows: [Int: Int]) -> Double {
    var trace = 0.0
    for (column, strength) in diagonal.enumerated() where strength != 0 {
      if let row = rows[column] { trace += strength * matrix[row, row] }
    }
    for (first, second, strength) in products {
      if let row = rows[first], let column = rows[second] {
        trace += 2 * strength * matrix[row, column]
      }
    }
    return trace
  }

  /// Adds `scale` times the entries of some columns to those of a matrix of these.
  func add(to matrix: inout SymmetricMatrix, of columns: [Int], scale: Double = 1) {
    var places = [Int?](repeating: nil, count: diagonal.count)
    for (place, column) in columns.enumerated() {
      places[column] = place
      matrix[place, place] += scale * diagonal[column]
    }
    for (first, second, strength) in products {
      guard let row = places[first], let column = places[second] else { continue }
      matrix[row, column] += scale * strength
      if row != column { matrix[column, row] += scale * strength }
    }
  }
}
