internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

/// A one-dimensional `.npy` file as it grows: hidden in the folder of a destination, and gone with
/// the value.
struct ColumnFile<Element: NumPyElement>: ~Copyable {
  private var file: OutputFile
  /// The number of values.
  private(set) var count = 0

  /// - Throws: `unwritableFile` where nothing can be written at `path`.
  init(beside path: String) throws(SpikingError) {
    var file = try OutputFile(path)
    try file.write(Self.header(0).bytes)
    self.file = file
  }

  /// - Throws: `unwritableFile`, as when the disk is full.
  mutating func append(_ values: [Element]) throws(SpikingError) {
    try file.write(values.span.bytes)
    count += values.count
  }

  /// Appends these values to those of another file.
  ///
  /// - Throws: `unwritableFile` of the other, or `unreadableFile`.
  func copy(to other: inout ColumnFile) throws(SpikingError) {
    try file.copy(from: Self.header(0).count, to: &other.file)
    other.count += count
  }

  /// Takes the file back to its first values; what a failed `append` left is gone.
  mutating func truncate(to count: Int) {
    file.truncate(to: Self.header(0).count + count * MemoryLayout<Element>.size)
    self.count = count
  }

  /// Makes the file whole up to here; more may be appended later.
  ///
  /// - Returns: where the file is as long as this value is.
  /// - Throws: `unwritableFile`, as when the disk is full, or was when something was appended.
  mutating func complete() throws(SpikingError) -> String {
    try file.overwriteStart(Self.header(count).bytes)
    return file.temporaryPath
  }

  /// The header, which has the same length for any number of elements: padded to 128 bytes, 60 more
  /// than a short one takes.
  private static func header(_ count: Int) -> Data {
    let header = NumPyHeader(elementType: Element.elementType, shape: [count]).bytes
    precondition(header.count == headerLength, "a header does not fit its place")
    return header
  }

  /// The bytes of a header.
  static var headerLength: Int { 128 }
}
