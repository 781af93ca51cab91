internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

/// The lines of a file of text, one after the other, as places in blocks of its bytes.
struct TextLines: ~Copyable {
  private let file: InputFile
  /// A part of the file, which begins at the beginning of a line.
  private(set) var bytes: [UInt8]
  /// Where the line stands in it, without its end.
  private(set) var line = 0..<0
  /// The number of the line, from 1.
  private(set) var number = 0
  private var isAtEnd = false
  /// Where the next line begins.
  private var position = 0

  private static let blockLength = 1 << 20
  /// The longest line, of a matrix of a hundred thousand neurons and more.
  private static let longestLine = 1 << 28
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let newline = UInt8(ascii: "\n")

  /// - Throws: `unreadableFile`.
  init(_ path: String) throws(SpikingError) {
    let file = try InputFile(path)
    let block = try file.read(Self.blockLength)
    bytes = [UInt8](block)
    if bytes.starts(with: Self.byteOrderMark) { position = Self.byteOrderMark.count }
    self.file = file
  }

  /// Goes on to the next line.
  ///
  /// - Returns: false at the end of the file.
  /// - Throws: `unreadableFile`; `invalidData` for a line longer than 256 MB.
  mutating func next() throws(SpikingError) -> Bool {
    var searched = position
    while true {
      if let end = Self.newline(in: bytes.span, from: searched) {
        (line, position) = (position..<end, end + 1)
        number += 1
        return true
      }
      if isAtEnd {
        guard position < bytes.count else { return false }
        (line, position) = (position..<bytes.count, bytes.count)
        number += 1
        return true
      }
      searched = bytes.count - position
      guard searched <= Self.longestLine else {
        throw SpikingError(
          .invalidData, "line \(number + 1)", found: "more than \(Self.longestLine) bytes",
          expected: "a line of a table")
      }
      try fill()
    }
  }

  private static func newline(in bytes: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      if bytes[index] == newline { return index }
      index += 1
    }
    return nil
  }

  /// Reads on: as much again as the line has so far, which makes all reading of it linear.
  private mutating func fill() throws(SpikingError) {
    let rest = bytes.count - position
    let block = try file.read(max(Self.blockLength, rest))
    isAtEnd = block.isEmpty
    bytes.removeFirst(position)
    position = 0
    bytes.append(contentsOf: block)
  }
}
