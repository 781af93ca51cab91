internal import COpenBLAS

/// The factor L of a positive definite matrix A = L Lᵀ (LAPACK's `dpotrf`): it turns coordinates into
/// those in which A is the unit matrix, z = Lᵀ x.
public struct CholeskyFactor: Sendable {
  /// The number of rows.
  public let order: Int
  private let factor: [Double]

  /// The factor of a matrix; nil where that is not positive definite.
  ///
  /// - Complexity: O(order³).
  public init?(_ matrix: SymmetricMatrix) {
    LinearAlgebra.setUp()
    order = matrix.order
    var factor = matrix.entries
    guard order > 0, factor.allSatisfy(\.isFinite), spiking_cholesky(Int32(order), &factor) == 0
    else { return nil }
    self.factor = factor
  }

  /// The factor of the unit matrix.
  public static func unit(order: Int) -> CholeskyFactor {
    var factor = [Double](repeating: 0, count: order * order)
    for index in 0..<order { factor[index * order + index] = 1 }
    return CholeskyFactor(order: order, factor: factor)
  }

  private init(order: Int, factor: [Double]) {
    self.order = order
    self.factor = factor
  }

  /// L⁻ᵀ z: the point whose whitened coordinates are z.
  public func unwhitened(_ z: [Double]) -> [Double] { solved(z, transposed: true) }

  /// L⁻¹ g: the gradient with respect to whitened coordinates.
  public func whitened(gradient: [Double]) -> [Double] { solved(gradient, transposed: false) }

  /// Lᵀ x: the whitened coordinates of a point.
  public func whitened(_ x: [Double]) -> [Double] {
    (0..<order).map { column in
      (column..<order).reduce(0) { $0 + factor[column * order + $1] * x[$1] }
    }
  }

  /// A⁻¹ b.
  public func solving(_ b: [Double]) -> [Double] { unwhitened(whitened(gradient: b)) }

  /// A⁻¹.
  ///
  /// - Complexity: O(order³).
  public func inverse() -> SymmetricMatrix {
    var inverse = SymmetricMatrix(order: order)
    var entries = factor
    _ = spiking_invert_factored(Int32(order), &entries)
    for column in 0..<order {
      for row in column..<order {
        let entry = entries[column * order + row]
        inverse.entries[column * order + row] = entry
        inverse.entries[row * order + column] = entry
      }
    }
    return inverse
  }

  private func solved(_ vector: [Double], transposed: Bool) -> [Double] {
    precondition(vector.count == order, "a vector of as many elements as there are rows")
    var vector = vector
    spiking_solve_triangle(Int32(order), factor, transposed ? 1 : 0, &vector)
    return vector
  }
}
