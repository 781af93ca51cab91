public import SpikingFramework

/// The bases of this package, which files and the command know by name. A `FilterBasis` has none, as
/// it wants a filter.
public enum BuiltInBases {
  /// One of each kind, with parameters to start from, in the order of `names`.
  public static let all: [any Basis] = kinds.map { $0.basis(4, 20) }

  /// The names: those of the types without "Basis", as in `raised-cosine-log`.
  public static let names: [String] = kinds.map(\.name)

  /// The basis that a text describes, `NAME:COUNT:WINDOW` with the number of functions and of lags,
  /// the other parameters as they are by default: `raised-cosine-log:5:20`. The identity has as many
  /// functions as lags: `identity:10` suffices. Nil for `none`.
  ///
  /// - Throws: `unknownName` for a text of another form or a name that is not there,
  ///   `invalidParameter` for numbers that do not make a basis.
  public static func basis(_ text: String) throws(SpikingError) -> (any Basis)? {
    if text == "none" { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.dropFirst().compactMap { Int($0) }
    let isShort = parts.first == "identity" && parts.count == 2
    guard let kind = kinds.first(where: { $0.name == parts.first ?? "" }),
      numbers.count == parts.count - 1, numbers.count == 2 || isShort
    else {
      throw SpikingError(
        .unknownName, "basis", found: "\"\(text)\"",
        expected: "none or NAME:COUNT:WINDOW, such as raised-cosine-log:5:20, with a name of "
          + names.joined(separator: ", "))
    }
    let (count, window) = (numbers[0], numbers[numbers.count - 1])
    // Lists are as long as the count says: one that is out of the question is not made.
    guard (1...1000).contains(count), (1...Int(ParameterDomain.filterWindow.upper)).contains(window)
    else {
      throw SpikingError(
        .invalidParameter, "basis", found: "\"\(text)\"",
        expected: "a COUNT from 1 to 1000 and a WINDOW from 1 to 100000")
    }
    let basis = kind.basis(count, window)
    do { try basis.validate() } catch { throw error.within("basis \"\(text)\"") }
    guard basis.count == count else {
      throw SpikingError(
        .invalidParameter, "basis", found: "\"\(text)\"",
        expected: "as many functions as lags, \(kind.name):\(window)")
    }
    return basis
  }

  private struct Kind: Sendable {
    let name: String
    let basis: @Sendable (_ count: Int, _ window: Int) -> any Basis
  }

  private static let kinds = [
    Kind(name: "raised-cosine-log") { RaisedCosineLogBasis(count: $0, window: $1) },
    Kind(name: "raised-cosine-linear") { RaisedCosineLinearBasis(count: $0, window: $1) },
    Kind(name: "raised-cosine-shifted-log") { RaisedCosineShiftedLogBasis(count: $0, window: $1) },
    Kind(name: "b-spline") { BSplineBasis(count: $0, window: $1) },
    Kind(name: "cyclic-b-spline") { CyclicBSplineBasis(count: $0, window: $1) },
    Kind(name: "m-spline") { MSplineBasis(count: $0, window: $1) },
    Kind(name: "orthogonal-exponential") { OrthogonalExponentialBasis(count: $0, window: $1) },
    Kind(name: "boxcar") { BoxcarBasis(count: $0, window: $1) },
    Kind(name: "identity") { IdentityBasis(window: $1) },
  ]
}
