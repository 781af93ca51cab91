public import SpikingFramework

/// What is known of the units or of the trials of a recording: a row for each, and columns with names.
///
/// ```swift
/// let units = try Table([
///   Column("quality", .texts(["good", "mua"])), Column("depth", .numbers([120, 480])),
/// ])
/// let good = try units.rows(where: "quality == good and depth < 300")  // [0]
/// ```
public struct Table: Hashable, Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The columns, in the order of the file.
  public let columns: [Column]

  /// A table of columns that all have as many rows.
  ///
  /// - Parameter rowCount: the number of rows; nil for that of the first column.
  /// - Throws: `invalidData` where a column has another number of rows, or a name comes twice.
  public init(_ columns: [Column] = [], rowCount: Int? = nil) throws(SpikingError) {
    let count = rowCount ?? columns.first?.count ?? 0
    var names: Set<String> = []
    for column in columns {
      guard column.count == count else {
        throw SpikingError(
          .invalidData, "column \(column.name.debugDescription)", found: "\(column.count) rows",
          expected: "\(count)")
      }
      guard names.insert(column.name).inserted else {
        throw SpikingError(
          .invalidData, "column \(column.name.debugDescription)", "there are two of this name")
      }
    }
    self.init(unchecked: columns, rowCount: count)
  }

  private init(unchecked columns: [Column], rowCount: Int) {
    self.columns = columns
    self.rowCount = rowCount
  }

  /// A table without columns.
  public init(rowCount: Int) { self.init(unchecked: [], rowCount: rowCount) }

  /// The column of a name; nil where there is none.
  public subscript(name: String) -> Column? { columns.first { $0.name == name } }

  /// The numbers of the rows that satisfy a condition, ascending.
  ///
  /// - Throws: `invalidParameter` where it cannot be evaluated: `unknownName` for a column that there
  ///   is not, with those there are.
  /// - Complexity: O(rows × comparisons).
  public func rows(where condition: Condition) throws(SpikingError) -> [Int] {
    let holds = try condition.evaluated(on: self)
    return holds.indices.filter { holds[$0] }
  }

  /// Some of the rows, in the order given.
  ///
  /// - Precondition: these are rows.
  public func selecting(_ rows: [Int]) -> Table {
    precondition(rows.allSatisfy { 0..<rowCount ~= $0 }, "there is no such row")
    return Table(unchecked: columns.map { $0.selecting(rows) }, rowCount: rows.count)
  }
}
