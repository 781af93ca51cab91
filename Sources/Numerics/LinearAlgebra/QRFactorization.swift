internal import COpenBLAS
public import SpikingFramework

/// The thin QR factorization of a matrix with at least as many rows as columns, from LAPACK.
///
///     A = Q R,  QᵀQ = 1,  R upper triangular with a positive diagonal
///
/// (Householder reflections, `dgeqrf` and `dorgqr`; Golub and Van Loan 2013, §5.2. The signs, which
/// LAPACK leaves open, make the factors unique where the columns are independent.)
public struct QRFactorization: Sendable {
  /// Q, column after column, of the shape of the matrix.
  public let orthogonal: [Double]
  /// The diagonal of R: how much of each column those before it do not make.
  public let diagonal: [Double]
  /// The Euclidean norms of the columns of the matrix.
  public let norms: [Double]

  /// The factors of a matrix.
  ///
  /// - Parameters:
  ///   - matrix: its entries, column after column.
  ///   - rows: the number of rows, no fewer than columns.
  /// - Throws: `invalidData` where an entry is not finite.
  /// - Complexity: O(rows · columns²).
  public init(ofColumns matrix: [Double], rows: Int) throws(SpikingError) {
    let columns = rows > 0 ? matrix.count / rows : 0
    precondition(
      matrix.count == rows * columns && columns <= rows, "a tall matrix has rows · columns entries")
    guard matrix.allSatisfy(\.isFinite) else {
      throw SpikingError(
        .invalidData, "QR factorization", found: "an entry that is not finite",
        expected: "a matrix of finite numbers")
    }
    norms = (0..<columns).map { column in
      matrix[column * rows..<(column + 1) * rows].reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    guard columns > 0 else {
      (orthogonal, diagonal) = ([], [])
      return
    }
    var factors = matrix
    var diagonal = [Double](repeating: 0, count: columns)
    var scales = diagonal
    // A workspace of 64 columns lets the reflections go by blocks.
    var workspace = [Double](repeating: 0, count: 64 * columns)
    let status = spiking_qr(
      Int32(rows), Int32(columns), &factors, &diagonal, &scales, &workspace,
      Int32(workspace.count))
    precondition(status == 0, "LAPACK was called with wrong arguments")
    for column in 0..<columns where diagonal[column] < 0 {
      diagonal[column].negate()
      for entry in column * rows..<(column + 1) * rows { factors[entry].negate() }
    }
    orthogonal = factors
    self.diagonal = diagonal
  }
}
