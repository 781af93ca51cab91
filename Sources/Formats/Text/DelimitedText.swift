internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

/// A table as text: a row a line, cells between separators, and perhaps names in the first line. It is read in blocks: memory
/// holds one of them.
///
/// Cells are separated by semicolons, tabs, commas or blanks, whichever of these, in this order, the first line with cells has outside of quotes. A cell may stand in
/// double quotes, in which two of them are one. What follows `#` at the beginning of a line is a comment; empty lines are skipped. Decimal
/// commas are read where cells are not separated by commas.
struct DelimitedText {
  private let path: String
  /// The number of the line of the first row, from 1.
  private let firstLine: Int
  /// What stands between cells; nil for any number of blanks.
  let separator: UInt8?
  /// What the first line calls the columns; nil where it has numbers.
  let header: [String]?
  /// The cells of the first line, be they names or values.
  let firstCells: [String]
  /// The number of cells of the first line.
  var columnCount: Int { firstCells.count }

  /// The table in a file, of which the first line is read.
  ///
  /// - Throws: `unreadableFile`; `invalidData` where there is no line with cells.
  init(contentsOf path: String) throws(SpikingError) {
    var row = try DelimitedRow(path)
    // Any one separator shows whether a line has anything at all.
    guard try row.next(separator: nil) else {
      throw SpikingError(.invalidData, "text", found: "no line with values", expected: "a table")
    }
    let separator = Self.separator(of: row.bytes)
    row.split(separator)
    let cells = row.texts
    self.path = path
    self.separator = separator
    firstCells = cells
    var hasNumber = false
    for column in cells.indices where row.number(column) != nil { hasNumber = true }
    header = hasNumber ? nil : cells
    firstLine = hasNumber ? row.line : row.line + 1
  }

  /// The extensions of its files.
  static let extensions = ["csv", "tsv", "txt"]

  static let comma = UInt8(ascii: ",")
  static let quote = UInt8(ascii: "\"")

  private static func separator(of line: ArraySlice<UInt8>) -> UInt8? {
    var isQuoted = false
    var found: Set<UInt8> = []
    for byte in line {
      if byte == quote { isQuoted.toggle() } else if !isQuoted { found.insert(byte) }
    }
    return [UInt8(ascii: ";"), 9, comma].first(where: found.contains)
  }

  /// Shows each row after the header.
  ///
  /// - Parameter limit: how many rows are shown at most.
  /// - Throws: what `body` throws; `unreadableFile`; `invalidData` where a row has another number of cells.
  /// - Complexity: O(bytes).
  func forEachRow(
    atMost limit: Int = .max, _ body: (_ row: borrowing DelimitedRow) throws(SpikingError) -> Void
  ) throws(SpikingError) {
    var row = try DelimitedRow(path)
    var count = 0
    while count < limit, try row.next(separator: separator) {
      guard row.line >= firstLine else { continue }
      guard row.count == columnCount else {
        throw SpikingError(
          .invalidData, "line \(row.line)", found: "\(row.count) values",
          expected: "\(columnCount), as in the first line"
            + (separator == Self.comma
              ? "; decimal commas need other separators, such as semicolons" : ""))
      }
      try body(row)
      count += 1
    }
  }
}

extension SpikingError {
  /// This error in a table, after its file; that a file cannot be read names it already.
  func ofTable(_ path: String) -> SpikingError {
    code == .unreadableFile ? self : within(path)
  }
}
