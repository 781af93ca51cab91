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
  /// The cells of the first line, be they names or values.
  let firstCells: [String]
  /// The number of cells of the first line.
  let columnCount: Int

  /// - Throws: `invalidData` where there is no line with cells.
  init(_ file: Data) throws(SpikingError) {
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    bytes = [UInt8](file)
    var (first, next) = (bytes.starts(with: byteOrderMark) ? 3 : 0, 0)
    var cells: [Cell] = []
    // Any one separator shows whether a line has anything at all.
    while first < bytes.count {
      next = Self.cells(of: bytes, from: first, nil, &cells)
      if !cells.isEmpty { break }
      first = next
    }
    guard !cells.isEmpty else {
      throw SpikingError(.invalidData, "text", found: "no line with values", expected: "a table")
    }
    let separator = Self.separator(of: bytes[first..<min(next, bytes.count)])
    _ = Self.cells(of: bytes, from: first, separator, &cells)
    let (found, text) = (cells, bytes)
    let isHeader = found.allSatisfy {
      Self.number(text, $0, decimalComma: separator != Self.comma) == nil
    }
    self.separator = separator
    columnCount = found.count
    firstCells = found.map { Self.text(text, $0) }
    header = isHeader ? firstCells : nil
    start = isHeader ? min(next, bytes.count) : first
  }

  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let hash = UInt8(ascii: "#")

  /// Where a cell stands among the bytes.
  typealias Cell = Range<Int>

  /// Shows each row after the header: its line number, from 1, and its cells.
  ///
  /// - Throws: what `body` throws; `invalidData` where a row has another number of cells.
  /// - Complexity: O(bytes).
  func forEachRow(
    _ body: (_ line: Int, _ cells: [Cell]) throws(SpikingError) -> Void
  ) throws(SpikingError) {
    var position = start
    var line = bytes[..<start].count { $0 == Self.newline }
    // One list for all rows, of which there may be millions.
    var cells: [Cell] = []
    while position < bytes.count {
      line += 1
      position = Self.cells(of: bytes, from: position, separator, &cells)
      if cells.isEmpty { continue }
      guard cells.count == columnCount else {
        throw SpikingError(
          .invalidData, "line \(line)", found: "\(cells.count) values",
          expected: "\(columnCount), as in the first line"
            + (separator == Self.comma
              ? "; decimal commas need other separators, such as semicolons" : ""))
      }
      try body(line, cells)
    }
  }

  /// The number of a cell; nil where it is none.
  func number(_ cell: Cell) -> Double? {
    Self.number(bytes, cell, decimalComma: separator != Self.comma)
  }

  /// The text of a cell, without its quotes.
  func text(_ cell: Cell) -> String { Self.text(bytes, cell) }

  /// Whether a cell stands in quotes.
  func isQuoted(_ cell: Cell) -> Bool { Self.isQuoted(bytes, cell) }

  private static func isQuoted(_ bytes: [UInt8], _ cell: Cell) -> Bool {
    cell.count > 1 && bytes[cell.lowerBound] == quote && bytes[cell.upperBound - 1] == quote
  }

  private static func text(_ bytes: [UInt8], _ cell: Cell) -> String {
    guard isQuoted(bytes, cell) else { return String(decoding: bytes[cell], as: UTF8.self) }
    return String(decoding: bytes[cell].dropFirst().dropLast(), as: UTF8.self)
      .replacing("\"\"", with: "\"")
  }
}

extension DelimitedText {
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

  private static func separator(of line: ArraySlice<UInt8>) -> UInt8? {
    var isQuoted = false
    var found: Set<UInt8> = []
    for byte in line {
      if byte == quote { isQuoted.toggle() } else if !isQuoted { found.insert(byte) }
    }
    return [UInt8(ascii: ";"), 9, comma].first(where: found.contains)
  }

  /// The cells of the line that begins at `position`, none of an empty line or a comment, and where the next one begins.
  private static func cells(
    of bytes: [UInt8], from position: Int, _ separator: UInt8?, _ cells: inout [Cell]
  ) -> Int {
    cells.removeAll(keepingCapacity: true)
    let span = bytes.span
    var (index, first, isQuoted) = (position, position, false)
    while index < span.count, span[index] != newline {
      let byte = span[index]
      if byte == quote {
        isQuoted.toggle()
      } else if !isQuoted, separator.map({ $0 == byte }) ?? isBlank(byte) {
        append(first..<index, of: span, separator, to: &cells)
        first = index + 1
      }
      index += 1
    }
    append(first..<index, of: span, separator, to: &cells)
    if let cell = cells.first, cell.isEmpty ? cells.count == 1 : span[cell.lowerBound] == hash {
      cells.removeAll(keepingCapacity: true)
    }
    return index + 1
  }

  /// Adds a cell without the blanks around it; between two blanks that separate there is none.
  private static func append(
    _ cell: Cell, of span: Span<UInt8>, _ separator: UInt8?, to cells: inout [Cell]
  ) {
    var (first, end) = (cell.lowerBound, cell.upperBound)
    while first < end, isBlank(span[first]) { first += 1 }
    while end > first, isBlank(span[end - 1]) { end -= 1 }
    if separator != nil || first < end { cells.append(first..<end) }
  }

  /// A number of decimal digits with a point or a comma, an exponent, and a sign. Those of at most 15 digits and small powers of ten, as
  /// times are, are exact products or quotients of two exact numbers.
  private static func number(_ bytes: [UInt8], _ cell: Cell, decimalComma: Bool) -> Double? {
    let span = bytes.span
    var digits: UInt64 = 0
    var (count, decimals, hasPoint, isNegative) = (0, 0, false, false)
    for index in cell {
      let byte = span[index]
      switch byte {
      case 48...57:
        digits = digits * 10 + UInt64(byte - 48)
        count += 1
        if hasPoint { decimals += 1 }
        if count > 15 { return slowNumber(bytes[cell], decimalComma: decimalComma) }
      case UInt8(ascii: "."), comma:
        guard !hasPoint, byte != comma || decimalComma else { return nil }
        hasPoint = true
      case UInt8(ascii: "-") where index == cell.lowerBound: isNegative = true
      case UInt8(ascii: "+") where index == cell.lowerBound: break
      default: return slowNumber(bytes[cell], decimalComma: decimalComma)
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
