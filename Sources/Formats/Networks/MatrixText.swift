internal import Foundation
internal import SpikingFramework

/// A matrix of numbers as text: a row a line, separated by blanks, tabs or commas; what follows `#`
/// is a comment, and lines without numbers are skipped.
struct MatrixText {
  /// The numbers, row by row.
  private(set) var values: [Float] = []
  private(set) var rowCount = 0
  private(set) var columnCount = 0

  /// - Throws: `invalidData` naming the line, the column (the number's place in its line, from 1)
  ///   and the entry.
  init(_ file: Data) throws(SpikingError) {
    let bytes = [UInt8](file)
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: byteOrderMark) ? bytes[3...] : bytes[...]
    var start = text.startIndex
    var line = 0
    while start < text.endIndex {
      let end = text[start...].firstIndex(of: Self.newline) ?? text.endIndex
      line += 1
      try append(text[start..<end].prefix { $0 != Self.hash }, line: line)
      start = end + 1
    }
  }

  private static let newline = UInt8(ascii: "\n")
  private static let hash = UInt8(ascii: "#")
  private static let comma = UInt8(ascii: ",")

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  private mutating func append(_ text: ArraySlice<UInt8>, line: Int) throws(SpikingError) {
    guard !text.allSatisfy(Self.isBlank) else { return }
    var column = 0
    for cell in text.split(separator: Self.comma, omittingEmptySubsequences: false) {
      let words = cell.split(whereSeparator: Self.isBlank)
      // Between two commas there is a number.
      for word in words.isEmpty ? [cell] : words {
        column += 1
        let text = String(decoding: word, as: UTF8.self)
        guard let value = Float(text), value.isFinite else {
          throw SpikingError(
            .invalidData, "line \(line), column \(column), W[\(rowCount), \(column - 1)]",
            found: text.debugDescription, expected: "a finite 32-bit number")
        }
        values.append(value)
      }
    }
    if rowCount == 0 { columnCount = column }
    guard column == columnCount else {
      throw SpikingError(
        .invalidData, "line \(line)", found: "\(column) numbers",
        expected: "\(columnCount), as in the first row")
    }
    rowCount += 1
  }
}
