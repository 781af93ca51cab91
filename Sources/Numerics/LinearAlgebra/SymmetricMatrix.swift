internal import COpenBLAS

/// A symmetric matrix of real numbers, such as second derivatives or covariances.
public struct SymmetricMatrix: Hashable, Sendable {
  /// The number of rows.
  public let order: Int
  /// The entries, column by column.
  public var entries: [Double]

  /// A matrix of zeros.
  public init(order: Int) {
    self.order = order
    entries = Array(repeating: 0, count: order * order)
  }

  /// An entry; setting one sets its mirror image, too.
  public subscript(row: Int, column: Int) -> Double {
    get { entries[column * order + row] }
    set { entries[column * order + row] = newValue }
  }

  /// The entries on the diagonal.
  public var diagonal: [Double] { (0..<order).map { self[$0, $0] } }

  /// The rows and columns of some indices, in their order.
  public func selecting(_ indices: [Int]) -> SymmetricMatrix {
    var selected = SymmetricMatrix(order: indices.count)
    for (column, from) in indices.enumerated() {
      for (row, index) in indices.enumerated() {
        selected.entries[column * indices.count + row] = entries[from * order + index]
      }
    }
    return selected
  }

  /// `self` B `self` for another symmetric matrix.
  ///
  /// - Complexity: O(order³).
  public func sandwiching(_ other: SymmetricMatrix) -> SymmetricMatrix {
    precondition(order == other.order, "matrices of one size")
    LinearAlgebra.setUp()
    var product = SymmetricMatrix(order: order)
    spiking_multiply_symmetric(Int32(order), entries, other.entries, &product.entries)
    // (A B)ᵀ = B A, whence A (B A) = A B A.
    var transposed = product.entries
    for column in 0..<order {
      for row in 0..<order {
        transposed[column * order + row] = product.entries[row * order + column]
      }
    }
    spiking_multiply_symmetric(Int32(order), entries, transposed, &product.entries)
    return product
  }

  /// Adds the products of columns, one after the other in memory, with each other; only those on the diagonal
  /// and below.
  ///
  /// - Precondition: there are `order` columns of `length` numbers.
  /// - Complexity: O(order² · length).
  public mutating func addProducts(ofColumns columns: [Double], length: Int) {
    precondition(columns.count == order * length, "as many columns as the matrix has")
    LinearAlgebra.setUp()
    spiking_add_products(Int32(order), Int32(length), columns, &entries)
  }

  /// Makes what is above the diagonal as below.
  public mutating func mirrorLowerTriangle() {
    for column in 0..<order {
      for row in column + 1..<max(order, column + 1) { self[column, row] = self[row, column] }
    }
  }

  /// The columns that are sums of others, to within `tolerance` of their own length: without them the
  /// matrix, which has no negative eigenvalues, is positive definite. Ascending; the first column is never
  /// among them unless it is 0.
  ///
  /// Found by the Cholesky factorisation with pivots (LAPACK's `dpstrf`) of the matrix scaled to a
  /// diagonal of ones.
  public func dependentColumns(tolerance: Double = 1e-10) -> [Int] {
    LinearAlgebra.setUp()
    let scales = diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    var scaled = entries
    for column in 0..<order {
      for row in 0..<order { scaled[column * order + row] *= scales[column] * scales[row] }
    }
    var pivots = [Int32](repeating: 0, count: order)
    var work = [Double](repeating: 0, count: 2 * order)
    guard order > 0 else { return [] }
    // The largest diagonal entry is the first pivot.
    scaled[0] *= 1 + 1e-12
    let rank = spiking_rank(Int32(order), &scaled, tolerance, &pivots, &work)
    return pivots[Int(rank)...].map { Int($0) - 1 }.sorted()
  }
}
