internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

/// The values of a `ColumnFile` as they are read in blocks.
struct ColumnReader<Element: NumPyElement>: ~Copyable {
  private let file: InputFile

  /// - Parameter path: what `ColumnFile.complete()` returned.
  /// - Throws: `unreadableFile`.
  init(_ path: String) throws(SpikingError) {
    let file = try InputFile(path)
    _ = try file.read(ColumnFile<Element>.headerLength)
    self.file = file
  }

  /// The next values, at most `limit` of them; none at the end.
  ///
  /// - Throws: `unreadableFile`.
  func next(_ limit: Int) throws(SpikingError) -> [Element] {
    let size = MemoryLayout<Element>.size
    let bytes = try file.read(limit * size)
    return bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / size).map {
        bytes.loadUnaligned(fromByteOffset: $0 * size, as: Element.self)
      }
    }
  }
}
