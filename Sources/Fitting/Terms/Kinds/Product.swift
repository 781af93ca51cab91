public import SpikingFramework

/// The product of terms: a weight for each combination of their columns, such as a tuning that differs between two states.
///
///     Σ_ij w_ij x_i(t) y_j(t)
public struct Product: Term {
  /// The terms, at least two, none of which is a filter of spikes or of a signal.
  public var of: [any Term]

  public var defaultName: String { of.map(\.defaultName).joined(separator: "_x_") }

  /// The product of two or more terms.
  public init(_ terms: any Term...) { of = terms }

  public mutating func visitFields(_ visit: inout some TermVisitor) throws(SpikingError) {
    try visit("of", &of)
  }

  public mutating func resolve(in recording: BinnedRecording) throws(SpikingError) {
    for index in of.indices { try of[index].resolve(in: recording) }
  }

  public func columns(in recording: BinnedRecording) throws(SpikingError) -> TermColumns {
    guard of.count > 1 else {
      throw SpikingError(
        .invalidParameter, "product", found: counted(of.count, "term"), expected: "at least two")
    }
    var product: SparseColumns?
    for term in of {
      guard case .sparse(let columns) = try term.columns(in: recording) else {
        throw SpikingError(
          .invalidParameter, "product", found: term.defaultName,
          expected: "terms such as Tuning, Event, Category and Boxcar")
      }
      if let whole = product {
        product = try whole.multiplied(by: columns)
      } else {
        product = columns
      }
    }
    return product.map { .sparse($0) } ?? .baseline
  }
}
