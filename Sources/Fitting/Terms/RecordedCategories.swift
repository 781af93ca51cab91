internal import SpikingFramework
internal import SpikingRecordings

/// Which category each bin of a recording belongs to.
struct RecordedCategories: Sendable {
  /// The categories, in order.
  let levels: [String]
  /// The number of that of each bin; nil where it has none.
  let ofBins: [Int?]

  /// A column for each category, 1 in its bins; bins without one are not defined.
  func indicators(named name: String) -> SparseColumns {
    let ofBins = ofBins
    let missing = ofBins.count { $0 == nil }
    return SparseColumns(
      axes: [TermAxis(count: levels.count, isOrdered: false)], sumToOne: true,
      definedBins: missing > 0 ? Segments.bins(where: ofBins.map { $0 != nil }) : nil,
      notices: missing > 0
        ? [
          "\(name): no category in \(missing) of \(counted(ofBins.count, "bin")), which are not evaluated"
        ] : []
    ) { bins in
      SparseRowBlock(bins.map { bin in ofBins[bin].map { [($0, 1)] } ?? [] })
    }
  }
}

extension BinnedRecording {
  /// The categories of a column of a table of intervals.
  ///
  /// - Parameter levels: those there may be, in order; empty for all that there are, in the order of the alphabet.
  /// - Throws: `unknownName` for a column that there is not, `invalidData` where intervals overlap or another category is met.
  func categories(
    _ name: String, levels: [String] = []
  ) throws(SpikingError) -> RecordedCategories {
    guard let (table, column) = column(name) else {
      throw unknown(name, "categories", columnNames { _ in true })
    }
    let texts = column.texts
    let rows = try apart(table, name).filter { !texts[$0.row].isEmpty }
    let known = levels.isEmpty ? Set(rows.map { texts[$0.row] }).sorted() : levels
    let numbers = Dictionary(
      known.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var ofBins = [Int?](repeating: nil, count: binCount)
    for (row, bins) in rows {
      guard let number = numbers[texts[row]] else {
        throw SpikingError(
          .invalidData, "\(session.source): \(name), row \(row)",
          found: texts[row].debugDescription,
          expected: "one of \(known.joined(separator: ", ")), as in the fit")
      }
      for bin in bins { ofBins[bin] = number }
    }
    return RecordedCategories(levels: known, ofBins: ofBins)
  }
}
