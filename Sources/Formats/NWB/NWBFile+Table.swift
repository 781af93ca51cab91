internal import SpikingFramework
internal import SpikingRecordings

extension NWBFile {
  /// Columns of a table of NWB (a `DynamicTable`): a group with a dataset for each column.
  ///
  /// Columns of numbers, texts and truth values are read; lists of texts in a row become one text with commas. Those whose
  /// names end in `_time` are times, which NWB has in s: they become ms. A column that cannot be read costs no other: a line says
  /// so, and one names those of another kind.
  ///
  /// - Parameter names: those of columns that are not wanted.
  func table(
    _ group: String, rowCount: Int, except names: Set<String>,
    notices: inout [Irregularity]
  ) throws(SpikingError) -> Table {
    var columns: [Column] = []
    var leftOut: [String] = []
    let children = try file.children(of: group)
    let indexed = Set(
      children.lazy.map(\.name).filter { $0.hasSuffix("_index") }.map { String($0.dropLast(6)) })
    for child in children where child.kind == .dataset && !names.contains(child.name) {
      if child.name.hasSuffix("_index"),
        children.contains(where: { $0.name + "_index" == child.name })
      {
        continue
      }
      do throws(SpikingError) {
        let isRagged = indexed.contains(child.name)
        if let column = try column(
          child.name, of: group, rowCount: rowCount, isRagged: isRagged)
        {
          columns.append(column)
        } else {
          leftOut.append(child.name)
        }
      } catch {
        guard error.code == .invalidData else { throw error }
        notices.append(Irregularity(.unreadable, "\(error)"))
      }
    }
    if !leftOut.isEmpty {
      notices.append(
        Irregularity(
          .leftOut,
          "\(group): columns \(leftOut.joined(separator: ", ")), which are lists or of another type"
        ))
    }
    return try SpikingError.within("\(path): \(group)", Table(columns, rowCount: rowCount))
  }

  /// A column; nil where it has no kind that is kept.
  private func column(
    _ name: String, of group: String, rowCount: Int, isRagged: Bool
  ) throws(SpikingError) -> Column? {
    let dataset = "\(group)/\(name)"
    let shape = try file.shape(of: dataset)
    // MATLAB's vectors have a dimension of one beside theirs.
    guard shape.count(where: { $0 != 1 }) <= 1, !shape.isEmpty else { return nil }
    let values: Column.Values
    switch try file.valueKind(of: dataset) {
    case .integers: values = .integers(try file.integers(dataset).values)
    case .namedIntegers: values = .flags(try file.integers(dataset).values.map { $0 != 0 })
    case .reals:
      let numbers = try file.reals(dataset).values
      values = .numbers(
        name.hasSuffix("_time") ? numbers.map { Seconds.milliseconds($0) } : numbers)
    case .texts: values = .texts(try file.texts(dataset))
    default: return nil
    }
    var description = (try file.text("description", of: dataset)) ?? ""
    if description == NWBWriter.noDescription { description = "" }
    let column = Column(name, values, description: description)
    if isRagged { return try joined(column, dataset, rowCount: rowCount) }
    guard column.count == rowCount else {
      throw file.failure(dataset, found: "\(column.count) values", expected: "\(rowCount) rows")
    }
    return column
  }

  /// A column of lists, of which each row has one: nil where numbers are no single ones.
  private func joined(
    _ column: Column, _ dataset: String, rowCount: Int
  ) throws(SpikingError) -> Column? {
    let rows = try rows(of: dataset, count: rowCount, within: column.count)
    if case .texts(let texts) = column.values {
      return Column(
        column.name, .texts(rows.map { texts[$0].joined(separator: ",") }),
        description: column.description)
    }
    guard rows.allSatisfy({ $0.count == 1 }) else { return nil }
    return column
  }

  /// The elements that belong to each row of a column of lists: its index says where those of each end.
  ///
  /// - Throws: `invalidData` where the index does not divide them.
  func rows(
    of dataset: String, count: Int, within length: Int
  ) throws(SpikingError) -> [Range<Int>] {
    let ends = try file.integers(dataset + "_index").values
    let starts = [0] + ends
    guard ends.count == count, (ends.last ?? 0) <= length,
      zip(starts, ends).allSatisfy({ $0 <= $1 })
    else {
      throw file.failure(
        dataset + "_index", found: "\(ends.count) ends, the last \(ends.last ?? 0)",
        expected: "one for each of \(count) rows, ascending to at most \(length)")
    }
    return zip(starts, ends).map { $0..<$1 }
  }
}
