internal import COpenBLAS

/// How OpenBLAS, which has the routines of LAPACK, is used.
enum LinearAlgebra {
  /// Reading this leaves every call to one thread, once. Fits run side by side on threads of their own,
  /// and a sum that was divided otherwise would have other last bits.
  @discardableResult
  static func setUp() -> Bool { isSetUp }

  private static let isSetUp: Bool = {
    openblas_set_num_threads(1)
    return true
  }()
}
