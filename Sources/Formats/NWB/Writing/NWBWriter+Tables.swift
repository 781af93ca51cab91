internal import SpikingFramework
internal import SpikingRecordings

/// Tables of NWB (`DynamicTable`): a group with a dataset for each column.
extension NWBWriter {
  private static let common = "hdmf-common"
  /// What stands in a file that says nothing of a column.
  static let noDescription = "no description"

  /// Columns of a table, in order.
  struct Columns {
    /// The path of the table.
    let table: String
    /// Their names.
    var names: [String] = []
  }

  /// Begins a table, which `end` ends.
  mutating func begin(
    _ path: String, _ type: String, _ description: String
  ) throws(SpikingError) -> Columns {
    try file.group(path, attributes: attributes(type, [("description", .text(description))]))
    return Columns(table: path)
  }

  /// Ends a table.
  mutating func end(_ columns: Columns) throws(SpikingError) {
    try file.add([("colnames", .texts(columns.names))], to: columns.table)
  }

  /// Writes a column of the standard, or of a recording.
  mutating func addColumn(
    _ name: String, _ values: Column.Values, _ description: String, to columns: inout Columns
  ) throws(SpikingError) {
    let attributes = columnAttributes(description)
    let path = "\(columns.table)/\(name)"
    switch values {
    case .integers(let values): try file.dataset(path, values, attributes: attributes)
    case .numbers(let values): try file.dataset(path, values, attributes: attributes)
    case .texts(let values): try file.dataset(path, values, attributes: attributes)
    case .flags(let values): try file.dataset(path, values, attributes: attributes)
    }
    columns.names.append(name)
  }

  /// Writes where the lists of each row of a column of lists, which has been written, end.
  mutating func addIndex(
    of name: String, ends: [Int], to columns: inout Columns
  ) throws(SpikingError) {
    let path = "\(columns.table)/\(name)"
    try file.dataset(
      path + "_index", counts: ends.map { UInt64($0) },
      attributes: attributes(
        "VectorIndex", of: Self.common,
        [
          ("description", .text("Index for VectorData '\(name)'")), ("target", .reference(path)),
        ]))
    columns.names.append(name)
  }

  func columnAttributes(_ description: String) -> Attributes {
    attributes(
      "VectorData", of: Self.common,
      [("description", .text(description.isEmpty ? Self.noDescription : description))])
  }

  /// Writes the columns of a recording's table, and the ids of its rows: those of a column `id` of whole numbers that differ,
  /// or the numbers of the rows.
  ///
  /// - Parameter reserved: names to which the standard gives another meaning; such a column has an underscore behind its name.
  mutating func addColumns(
    of table: Table, reserved: Set<String>, to columns: inout Columns
  ) throws(SpikingError) {
    var ids = Array(0..<table.rowCount)
    var taken = reserved.union(["id"])
    for column in table.columns {
      if column.name == "id", case .integers(let values) = column.values,
        Set(values).count == values.count
      {
        ids = values
        continue
      }
      let name = Self.name(column.name) { taken.contains($0) }
      taken.insert(name)
      if name == "tags", case .texts(let texts) = column.values {
        try addTags(texts, column.description, to: &columns)
      } else {
        try addColumn(name, Self.values(column), column.description, to: &columns)
      }
    }
    try file.dataset(
      "\(columns.table)/id", ids, attributes: attributes("ElementIdentifiers", of: Self.common))
  }

  /// Columns whose names end in `_time` are times, which NWB has in s.
  private static func values(_ column: Column) -> Column.Values {
    guard column.name.hasSuffix("_time"), case .numbers(let values) = column.values else {
      return column.values
    }
    return .numbers(values.map { Seconds.from(milliseconds: $0) })
  }

  /// The standard has a list of tags for each interval, which a recording joins with commas.
  private mutating func addTags(
    _ texts: [String], _ description: String, to columns: inout Columns
  ) throws(SpikingError) {
    let tags = texts.map { $0.split(separator: ",").map(String.init) }
    var end = 0
    let ends = tags.map { tags in
      end += tags.count
      return end
    }
    try file.dataset(
      "\(columns.table)/tags", Array(tags.joined()), attributes: columnAttributes(description))
    try addIndex(of: "tags", ends: ends, to: &columns)
  }

  /// Writes trials or other intervals.
  mutating func add(_ tables: [IntervalTable]) throws(SpikingError) {
    if !tables.isEmpty { try file.group("/intervals") }
    for table in tables { try add(table) }
  }

  private mutating func add(_ table: IntervalTable) throws(SpikingError) {
    var columns = try begin(
      place(table.name, in: "/intervals"), "TimeIntervals", "Intervals of time: \(table.name).")
    let starts = table.intervals.map { Seconds.from(milliseconds: $0.lowerBound) }
    let stops = table.intervals.map { Seconds.from(milliseconds: $0.upperBound) }
    try addColumn(
      "start_time", .numbers(starts), "When the interval begins, in s.", to: &columns)
    try addColumn("stop_time", .numbers(stops), "When the interval ends, in s.", to: &columns)
    try addColumns(
      of: table.table,
      reserved: ["start_time", "stop_time", "timeseries", "timeseries_index", "tags_index"],
      to: &columns)
    try end(columns)
  }
}
