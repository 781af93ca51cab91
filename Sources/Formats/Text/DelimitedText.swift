internal import Foundation
internal import SpikingFramework

/// A table as text: a row a line, cells between separators, and perhaps names in the first line.
///
/// Cells are separated by semicolons, tabs, commas or blanks, whichever of these, in this order, the first line with cells has outside of quotes. A cell may stand in
/// double quotes, in which two of them are one. What follows `#` at the beginning of a line is a comment; empty lines are skipped. Decimal
/// commas are read where cells are not separated by commas.
struct DelimitedText {
  /// The bytes of the file.
  private let bytes: [UInt8]
  private let start: Int
  /// What stands between cells; nil for any number of blanks.
  let separator: UInt8?
  /// What the first line calls the columns; nil where it has numbers.
  let header: [String]?
  /// The number of cells of the first line.
  let columnCount: Int

  /// - Throws: `invalidData` where there is no line with cells.
  init(_ file: Data) throws(SpikingError) {
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    bytes = [UInt8](file)
    var position = bytes.starts(with: byteOrderMark) ? 3 : 0
    var first: Range<Int>?
    while first == nil, let line = Self.line(of: bytes, from: position) {
      position = line.next
      if !Self.isSkipped(bytes[line.range]) { first = line.range }
    }
    guard let first else {
      throw SpikingError(.invalidData, "text", found: "no line with values", expected: "a table")
    }
    let separator = Self.separator(of: bytes[first])
    let cells = Self.cells(bytes[first], separator)
    let isHeader = cells.allSatisfy {
      Self.number($0, decimalComma: separator != Self.comma) == nil
    }
    self.separator = separator
    columnCount = cells.count
    header = isHeader ? cells.map(Self.text) : nil
    start = isHeader ? position : first.lowerBound
  }

  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")

  /// Shows each row after the header: its line number, from 1, and its cells.
  ///
  /// - Throws: what `body` throws; `invalidData` where a row has another number of cells.
  /// - Complexity: O(bytes).
  func forEachRow(
    _ body: (_ line: Int, _ cells: [ArraySlice<UInt8>]) throws(SpikingError) -> Void
  ) throws(SpikingError) {
    var position = start
    var number = bytes[..<start].count { $0 == UInt8(ascii: "\n") }
    while let line = Self.line(of: bytes, from: position) {
      position = line.next
      number += 1
      if Self.isSkipped(bytes[line.range]) { continue }
      let cells = Self.cells(bytes[line.range], separator)
      guard cells.count == columnCount else {
        throw SpikingError(
          .invalidData, "line \(number)", found: "\(cells.count) values",
          expected: "\(columnCount), as in the first line"
            + (separator == Self.comma
              ? "; decimal commas need other separators, such as semicolons" : ""))
      }
      try body(number, cells)
    }
  }

  /// The number of a cell; nil where it is none.
  func number(_ cell: ArraySlice<UInt8>) -> Double? {
    Self.number(cell, decimalComma: separator != Self.comma)
  }

  /// The text of a cell, without its quotes.
  static func text(_ cell: ArraySlice<UInt8>) -> String {
    guard cell.first == quote, cell.count > 1, cell.last == quote else {
      return String(decoding: cell, as: UTF8.self)
    }
    return String(decoding: cell.dropFirst().dropLast(), as: UTF8.self)
      .replacing("\"\"", with: "\"")
  }
}

extension DelimitedText {
  private static func line(
    of bytes: [UInt8], from position: Int
  ) -> (range: Range<Int>, next: Int)? {
    guard position < bytes.count else { return nil }
    var end = position
    bytes.withUnsafeBufferPointer { bytes in
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    }
    let hasReturn = end > position && bytes[end - 1] == UInt8(ascii: "\r")
    return (position..<(hasReturn ? end - 1 : end), end + 1)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

  private static func isSkipped(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first(where: { !isBlank($0) && $0 != 13 }) else { return true }
    return first == UInt8(ascii: "#")
  }

  private static func separator(of line: ArraySlice<UInt8>) -> UInt8? {
    var isQuoted = false
    var found: Set<UInt8> = []
    for byte in line {
      if byte == quote { isQuoted.toggle() } else if !isQuoted { found.insert(byte) }
    }
    return [UInt8(ascii: ";"), 9, comma].first(where: found.contains)
  }

  private static func cells(
    _ line: ArraySlice<UInt8>, _ separator: UInt8?
  ) -> [ArraySlice<UInt8>] {
    guard let separator else {
      return line.split(whereSeparator: isBlank)
    }
    var cells: [ArraySlice<UInt8>] = []
    var (start, isQuoted) = (line.startIndex, false)
    for index in line.indices {
      let byte = line[index]
      if byte == quote {
        isQuoted.toggle()
      } else if byte == separator, !isQuoted {
        cells.append(trimmed(line[start..<index]))
        start = index + 1
      }
    }
    cells.append(trimmed(line[start...]))
    return cells
  }

  private static func trimmed(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var cell = cell
    while let first = cell.first, isBlank(first) { cell.removeFirst() }
    while let last = cell.last, isBlank(last) { cell.removeLast() }
    return cell
  }

  /// A number of decimal digits with a point or a comma, an exponent, and a sign. Those of at most 15 digits and small powers of ten, as
  /// times are, are exact products or quotients of two exact numbers.
  private static func number(_ cell: ArraySlice<UInt8>, decimalComma: Bool) -> Double? {
    var digits: UInt64 = 0
    var (count, decimals, hasPoint, isNegative) = (0, 0, false, false)
    for (place, byte) in cell.enumerated() {
      switch byte {
      case 48...57:
        digits = digits * 10 + UInt64(byte - 48)
        count += 1
        if hasPoint { decimals += 1 }
        if count > 15 { return slowNumber(cell, decimalComma: decimalComma) }
      case UInt8(ascii: "."), comma:
        guard !hasPoint, byte != comma || decimalComma else { return nil }
        hasPoint = true
      case UInt8(ascii: "-") where place == 0: isNegative = true
      case UInt8(ascii: "+") where place == 0: break
      default: return slowNumber(cell, decimalComma: decimalComma)
      }
    }
    guard count > 0 else { return nil }
    let value = Double(digits) / powers[decimals]
    return isNegative ? -value : value
  }

  private static let powers: [Double] = (0...15).map { Double("1e\($0)") ?? 1 }

  private static func slowNumber(_ cell: ArraySlice<UInt8>, decimalComma: Bool) -> Double? {
    // Longer than any number; words are no numbers but for these.
    guard cell.count <= 400 else { return nil }
    let text = String(decoding: cell, as: UTF8.self)
    switch text.lowercased() {
    case "nan", "na": return .nan
    default: break
    }
    guard text.utf8.allSatisfy({ 43...57 ~= $0 || $0 == 69 || $0 == 101 }) else { return nil }
    return Double(decimalComma ? text.replacing(",", with: ".") : text)
  }
}
