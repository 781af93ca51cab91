internal import COpenBLAS
public import SpikingFramework

/// The eigenvalues of square matrices, from LAPACK.
public enum Eigenvalues {
  /// All eigenvalues of a matrix, in no particular order (LAPACK's `dgeev`).
  ///
  /// - Parameters:
  ///   - matrix: `order`² entries, by rows or by columns: the transpose has the same eigenvalues.
  ///   - order: the number of rows.
  /// - Throws: `invalidData` where an entry is not finite, or the iteration does not converge.
  /// - Complexity: O(order³); a second at 1000.
  public static func all(
    of matrix: [Double], order: Int
  ) throws(SpikingError) -> [(real: Double, imaginary: Double)] {
    precondition(order >= 0 && matrix.count == order * order, "a matrix has order² entries")
    guard order > 0 else { return [] }
    guard matrix.allSatisfy(\.isFinite) else {
      throw SpikingError(
        .invalidData, "eigenvalues", found: "an entry that is not finite",
        expected: "a matrix of finite numbers")
    }
    var matrix = matrix
    var real = [Double](repeating: 0, count: order)
    var imaginary = real
    // A workspace of 64 columns lets the reduction to Hessenberg form go by blocks.
    var workspace = [Double](repeating: 0, count: 64 * order)
    let status = spiking_eigenvalues(
      Int32(order), &matrix, &real, &imaginary, &workspace, Int32(workspace.count))
    guard status == 0 else {
      throw SpikingError(
        .invalidData, "eigenvalues", found: "no convergence (\(status))", expected: "convergence")
    }
    return zip(real, imaginary).map { (real: $0, imaginary: $1) }
  }

  /// The largest modulus of the eigenvalues; 0 for an empty matrix.
  ///
  /// - Throws: as `all(of:order:)`.
  public static func spectralRadius(
    of matrix: [Double], order: Int
  ) throws(SpikingError) -> Double {
    try all(of: matrix, order: order).reduce(0) { largest, value in
      max(largest, (value.real * value.real + value.imaginary * value.imaginary).squareRoot())
    }
  }
}
