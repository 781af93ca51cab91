public import SpikingFramework
internal import SpikingRecordings

/// Which of some categories a bin belongs to: the type of its trial.
///
/// A column of a table of intervals, `trials.side`, says the category of the bins of each interval; bins outside them are not
/// evaluated. Of K categories K − 1 weights can be told from the baseline:
///
/// - `treatment`: the difference of each from a reference, the first in the order of the alphabet where none is named;
/// - `sum`: the difference of each but the last from the mean of all, the last being minus the sum of the others.
///
/// (Venables and Ripley 2002, Modern Applied Statistics with S, §6.2.)
public struct Category: Term {
  /// A column of a table of intervals.
  public var of: String
  /// "treatment" or "sum".
  public var contrast: String?
  /// The category from which the others differ; nil for the first.
  public var reference: String?
  /// The categories, in order; all that the recording of the fit has, where empty.
  public var levels: [String] = []

  public var defaultName: String { of }

  /// The categories of a column.
  public init(_ column: String, contrast: String? = nil, reference: String? = nil) {
    of = column
    self.contrast = contrast
    self.reference = reference
  }

  public mutating func visitFields(_ visit: inout some TermVisitor) throws(SpikingError) {
    try visit("of", &of)
    try visit("contrast", &contrast)
    try visit("reference", &reference)
    try visit("levels", &levels)
  }

  public mutating func resolve(in recording: BinnedRecording) throws(SpikingError) {
    if levels.isEmpty { levels = try recording.categories(of).levels }
  }

  public func columns(in recording: BinnedRecording) throws(SpikingError) -> TermColumns {
    let categories = try recording.categories(of, levels: levels)
    let count = categories.levels.count
    guard count > 1 else {
      throw SpikingError(
        .invalidData, "\(recording.session.source): \(of)",
        found: "one category, \(categories.levels)",
        expected: "at least two")
    }
    let codes = try codes(categories.levels)
    var columns = categories.indicators(named: of)
    let indicators = columns.rows
    columns.axes = [TermAxis(count: count - 1, isOrdered: false)]
    columns.sumToOne = false
    columns.rows = { bins in
      let rows = indicators(bins)
      return SparseRowBlock(
        bins.indices.map { bin in
          rows.width == 0 || rows.factors[bin - bins.lowerBound] == 0
            ? [] : codes[Int(rows.weights[bin - bins.lowerBound])]
        })
    }
    return .sparse(columns)
  }

  /// The entries of the rows of each category.
  func codes(
    _ levels: [String]
  ) throws(SpikingError) -> [[(weight: Int, factor: Double)]] {
    let last = levels.count - 1
    switch contrast ?? "treatment" {
    case "treatment":
      let reference = reference ?? levels[0]
      guard let own = levels.firstIndex(of: reference) else {
        throw SpikingError(
          .unknownName, "\(of): reference", found: reference.debugDescription,
          expected: "one of \(levels.joined(separator: ", "))")
      }
      return levels.indices.map { $0 == own ? [] : [($0 < own ? $0 : $0 - 1, 1)] }
    case "sum":
      return levels.indices.map { level in
        level < last ? [(level, 1)] : (0..<last).map { ($0, -1) }
      }
    default:
      throw SpikingError(
        .invalidParameter, "\(of): contrast", found: (contrast ?? "").debugDescription,
        expected: "treatment or sum")
    }
  }
}
