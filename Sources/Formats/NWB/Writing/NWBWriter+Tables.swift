internal import SpikingFramework
internal import SpikingRecordings

/// Tables of NWB (`DynamicTable`): a group with a dataset for each column.
extension NWBWriter {
  private static let common = "hdmf-common"
  /// What stands in a file that says nothing of a column.
  static let noDescription = "no description"

  /// Columns of a table, in order, with what else is in its group.
  struct Columns {
    /// The names of the columns.
    var names: [String] = []
    /// These, the ids of the rows, and where the lists of each row end.
    var links: Links = []
  }

  /// Writes a column of the standard, or of a recording.
  mutating func addColumn(
    _ name: String, _ values: Column.Values, _ description: String, to columns: inout Columns
  ) throws(SpikingError) {
    let attributes = columnAttributes(description)
    let object =
      switch values {
      case .integers(let values): try file.dataset(values, attributes: attributes)
      case .numbers(let values): try file.dataset(values, attributes: attributes)
      case .texts(let values): try file.dataset(values, attributes: attributes)
      case .flags(let values): try file.dataset(values, attributes: attributes)
      }
    columns.names.append(name)
    columns.links.append((name, object))
  }

  /// Writes where the lists of each row of a column of lists end.
  mutating func addIndex(
    of name: String, _ values: HDF5Object, ends: [Int], to columns: inout Columns
  ) throws(SpikingError) {
    let index = try file.dataset(
      counts: ends.map { UInt64($0) },
      attributes: attributes(
        "VectorIndex", of: Self.common,
        [
          ("description", .text("Index for VectorData '\(name)'")), ("target", .reference(values)),
        ]))
    columns.names.append(name)
    columns.links += [(name, values), (name + "_index", index)]
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
      let name = Links.name(column.name) { taken.contains($0) }
      taken.insert(name)
      if name == "tags", case .texts(let texts) = column.values {
        try addTags(texts, column.description, to: &columns)
      } else {
        try addColumn(name, Self.values(column), column.description, to: &columns)
      }
    }
    let object = try file.dataset(
      ids, attributes: attributes("ElementIdentifiers", of: Self.common))
    columns.links.append(("id", object))
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
    let values = try file.dataset(
      Array(tags.joined()), attributes: columnAttributes(description))
    try addIndex(of: "tags", values, ends: ends, to: &columns)
  }

  mutating func table(
    _ type: String, _ description: String, _ columns: Columns
  ) throws(SpikingError) -> HDF5Object {
    try file.group(
      columns.links,
      attributes: attributes(
        type, [("colnames", .texts(columns.names)), ("description", .text(description))]))
  }

  /// Writes trials or other intervals.
  mutating func add(_ table: IntervalTable) throws(SpikingError) {
    var columns = Columns()
    let starts = table.intervals.map { Seconds.from(milliseconds: $0.lowerBound) }
    let stops = table.intervals.map { Seconds.from(milliseconds: $0.upperBound) }
    try addColumn(
      "start_time", .numbers(starts), "When the interval begins, in s.", to: &columns)
    try addColumn("stop_time", .numbers(stops), "When the interval ends, in s.", to: &columns)
    try addColumns(
      of: table.table,
      reserved: ["start_time", "stop_time", "timeseries", "timeseries_index", "tags_index"],
      to: &columns)
    intervals.add(
      table.name, try self.table("TimeIntervals", "Intervals of time: \(table.name).", columns))
  }
}

extension NWBWriter.Links {
  /// Adds what is to stand in a group under a name, with an underscore behind it where there is another of this name.
  /// Nothing is added of nothing.
  mutating func add(_ name: String, _ object: HDF5Object?) {
    guard let object else { return }
    append((Self.name(name) { name in contains { $0.name == name } }, object))
  }

  /// A name for a link in a group: without a slash, which would divide it, and other than those that are taken.
  static func name(_ name: String, isTaken: (String) -> Bool) -> String {
    var name = name.replacing("/", with: "_")
    if name.isEmpty || name == "." { name = "_" }
    while isTaken(name) { name += "_" }
    return name
  }
}
