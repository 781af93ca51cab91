public import SpikingFramework

/// Tuning to the value of a covariate, or to those of two or three at once: head direction, speed, the place of an animal.
///
///     Σ_j w_j b_j(v(t)),    Σ_ij w_ij a_i(x(t)) b_j(y(t))
///
/// with functions of the values over ranges. Bins in which a covariate has no value, or one outside the range of a basis that
/// is not cyclic, are not evaluated. With `by` there are weights of their own for each category.
public struct Tuning: Term {
  /// The covariates.
  public var of: [String]
  /// The functions of the values of each.
  public var basis: [ValueBasis]
  /// A column of texts of a table of intervals, `trials.side`; nil for the same tuning everywhere.
  public var by: String?
  /// The categories, in the order of their weights; all that the recording of the fit has, where empty.
  public var levels: [String] = []

  public var defaultName: String {
    of.joined(separator: "_") + (by.map { "_by_\($0)" } ?? "")
  }

  /// Tuning to one covariate.
  public init(_ covariate: String, _ basis: ValueBasis, by: String? = nil) {
    self.init([covariate], [basis], by: by)
  }

  /// Tuning to several at once: products of the functions of each.
  public init(_ covariates: [String], _ bases: [ValueBasis], by: String? = nil) {
    of = covariates
    basis = bases
    self.by = by
  }

  public mutating func visitFields(_ visit: inout some TermVisitor) throws(SpikingError) {
    try visit("of", &of)
    try visit("basis", &basis)
    try visit("by", &by)
    try visit("levels", &levels)
  }

  public mutating func resolve(in recording: BinnedRecording) throws(SpikingError) {
    if let by, levels.isEmpty { levels = try recording.categories(by).levels }
  }

  public func columns(in recording: BinnedRecording) throws(SpikingError) -> TermColumns {
    guard !of.isEmpty, of.count == basis.count else {
      throw SpikingError(
        .invalidParameter, "tuning to \(of.joined(separator: ", "))",
        found: counted(basis.count, "basis", "bases"), expected: "one for each of \(of.count)")
    }
    var product: SparseColumns?
    if let by {
      product = try recording.categories(by, levels: levels).indicators(named: by)
    }
    for (name, basis) in zip(of, basis) {
      try SpikingError.within("tuning to \(name)", basis.validate())
      let columns = basis.columns(of: try recording.covariate(name), named: name)
      if let whole = product {
        product = try whole.multiplied(by: columns)
      } else {
        product = columns
      }
    }
    guard let product else { return .baseline }
    if let defined = product.definedBins, defined.isEmpty {
      throw SpikingError(
        .invalidData, "tuning to \(of.joined(separator: ", "))",
        "no bin with values within the ranges: \(product.notices.joined(separator: "; "))")
    }
    return .sparse(product)
  }
}
