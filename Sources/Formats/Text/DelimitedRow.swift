internal import SpikingFramework

/// A row of a table of text, whose cells are read when they are asked for, by their column from 0.
struct DelimitedRow: ~Copyable {
  private var lines: TextLines
  /// Where the cells stand among the bytes; none of an empty line or a comment.
  private var cells: [Range<Int>] = []
  private var hasDecimalCommas = true

  init(_ path: String) throws(SpikingError) { lines = try TextLines(path) }

  /// The number of its line in the file, from 1.
  var line: Int { lines.number }
  /// The number of cells.
  var count: Int { cells.count }
  /// The bytes of the line.
  var bytes: ArraySlice<UInt8> { lines.bytes[lines.line] }

  /// Goes on to the next line that has cells between separators, or between any number of blanks.
  ///
  /// - Returns: false at the end of the file.
  /// - Throws: as `TextLines.next`.
  mutating func next(separator: UInt8?) throws(SpikingError) -> Bool {
    repeat {
      guard try lines.next() else { return false }
      split(separator)
    } while cells.isEmpty
    return true
  }

  /// Finds the cells of the line.
  mutating func split(_ separator: UInt8?) {
    hasDecimalCommas = separator != DelimitedText.comma
    var cells: [Range<Int>] = []
    swap(&cells, &self.cells)
    cells.removeAll(keepingCapacity: true)
    Self.split(lines.bytes.span, lines.line, separator, &cells)
    self.cells = cells
  }

  /// Whether the cell of a column has nothing.
  func isEmpty(_ column: Int) -> Bool { cells[column].isEmpty }

  /// Whether the cell of a column stands in quotes.
  func isQuoted(_ column: Int) -> Bool {
    let cell = cells[column]
    return cell.count > 1 && lines.bytes[cell.lowerBound] == DelimitedText.quote
      && lines.bytes[cell.upperBound - 1] == DelimitedText.quote
  }

  /// The text of a cell, without its quotes.
  func text(_ column: Int) -> String {
    let bytes = lines.bytes[cells[column]]
    guard isQuoted(column) else { return String(decoding: bytes, as: UTF8.self) }
    return String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
      .replacing("\"\"", with: "\"")
  }

  /// The number of a cell; nil where it is none.
  func number(_ column: Int) -> Double? {
    DecimalNumber.value(lines.bytes.span, cells[column], decimalComma: hasDecimalCommas)
  }

  /// The texts of all cells.
  var texts: [String] {
    var texts: [String] = []
    for column in cells.indices { texts.append(text(column)) }
    return texts
  }
}

extension DelimitedRow {
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

  private static func split(
    _ bytes: Span<UInt8>, _ line: Range<Int>, _ separator: UInt8?, _ cells: inout [Range<Int>]
  ) {
    var (first, isQuoted) = (line.lowerBound, false)
    let (mark, areBlanks) = (separator ?? 32, separator == nil)
    for index in line {
      let byte = bytes[index]
      if byte == DelimitedText.quote {
        isQuoted.toggle()
      } else if byte == mark || areBlanks && isBlank(byte), !isQuoted {
        append(first..<index, of: bytes, separator, to: &cells)
        first = index + 1
      }
    }
    append(first..<line.upperBound, of: bytes, separator, to: &cells)
    let hash = UInt8(ascii: "#")
    if let cell = cells.first, cell.isEmpty ? cells.count == 1 : bytes[cell.lowerBound] == hash {
      cells.removeAll(keepingCapacity: true)
    }
  }

  /// Adds a cell without the blanks around it; between two blanks that separate there is none.
  private static func append(
    _ cell: Range<Int>, of bytes: Span<UInt8>, _ separator: UInt8?, to cells: inout [Range<Int>]
  ) {
    var (first, end) = (cell.lowerBound, cell.upperBound)
    while first < end, isBlank(bytes[first]) { first += 1 }
    while end > first, isBlank(bytes[end - 1]) { end -= 1 }
    if separator != nil || first < end { cells.append(first..<end) }
  }
}
