public import SpikingFramework

/// Stretches of time with a name and what is known of each: trials, epochs, states of sleep.
public struct IntervalTable: Hashable, Sendable {
  /// What they are called: "trials".
  public let name: String
  /// When each begins and ends, in ms, in the order of the file. They may overlap.
  public let intervals: [ClosedRange<Double>]
  /// A row for each interval.
  public let table: Table

  /// Intervals with a table of as many rows.
  ///
  /// - Throws: `invalidData` where there is not a row for each, a time is not finite, or the name is empty or has
  ///   a slash, which divides names in files.
  public init(
    name: String, intervals: [ClosedRange<Double>], table: Table? = nil
  ) throws(SpikingError) {
    let table = table ?? Table(rowCount: intervals.count)
    guard table.rowCount == intervals.count else {
      throw SpikingError(
        .invalidData, name, found: "\(intervals.count) intervals",
        expected: "\(table.rowCount), one for each row")
    }
    guard !name.isEmpty, !name.contains("/") else {
      throw SpikingError(
        .invalidData, "intervals", found: "the name \(name.debugDescription)",
        expected: "one without a slash")
    }
    if let row = intervals.firstIndex(where: {
      !($0.lowerBound.isFinite && $0.upperBound.isFinite)
    }) {
      throw SpikingError(
        .invalidData, "\(name)[\(row)]",
        found: inMilliseconds(intervals[row].lowerBound, to: intervals[row].upperBound),
        expected: "finite times")
    }
    self.init(unchecked: name, intervals, table)
  }

  private init(unchecked name: String, _ intervals: [ClosedRange<Double>], _ table: Table) {
    self.name = name
    self.intervals = intervals
    self.table = table
  }

  /// The intervals whose rows satisfy a condition. Beside the columns of the table there are `start` and `stop`, in ms,
  /// and `duration`, where no column has these names.
  ///
  /// - Throws: as `Table.rows(where:)`.
  public func selecting(where condition: Condition) throws(SpikingError) -> IntervalTable {
    let rows = try withTimes().rows(where: condition)
    return selecting(rows)
  }

  /// The intervals in whose row a text is, or begins or ends between commas with, `word`: those of an epoch of this name.
  func selecting(taggedWith word: String) -> IntervalTable {
    var rows: Set<Int> = []
    for case .texts(let texts) in table.columns.map(\.values) {
      for (row, text) in texts.enumerated()
      where text.split(separator: ",").contains(where: { $0.trimmed == word }) {
        rows.insert(row)
      }
    }
    return selecting(rows.sorted())
  }

  private func selecting(_ rows: [Int]) -> IntervalTable {
    IntervalTable(unchecked: name, rows.map { intervals[$0] }, table.selecting(rows))
  }

  /// The table with the times of the intervals.
  package func withTimes() throws(SpikingError) -> Table {
    let times = [
      Column("start", .numbers(intervals.map(\.lowerBound))),
      Column("stop", .numbers(intervals.map(\.upperBound))),
      Column("duration", .numbers(intervals.map { $0.upperBound - $0.lowerBound })),
    ]
    return try Table(
      table.columns + times.filter { table[$0.name] == nil }, rowCount: intervals.count)
  }

  /// All time that lies in at least one of the intervals: ascending and apart from each other.
  public var union: [ClosedRange<Double>] { SpikeTrains.union(intervals) }
}
