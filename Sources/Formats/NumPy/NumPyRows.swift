internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

/// A matrix in a `.npy` file as it is read in blocks of rows: memory holds one of them.
struct NumPyRows: ~Copyable {
  /// The number of rows and columns.
  let shape: [Int]
  private var header: NumPyHeader
  private let file: InputFile
  private var row = 0

  /// 4 MB of 32-bit numbers.
  private static let blockLength = 1 << 20

  /// The matrix of the file at `path`; nil where the file has to be read as a whole, as it is no
  /// matrix, or not in order of rows.
  ///
  /// - Throws: `unreadableFile`, or `invalidData` naming the file and the field that is wrong.
  init?(_ path: String) throws(SpikingError) {
    let file = try InputFile(path)
    let header: NumPyHeader
    do {
      header = try NumPyHeader { (count: Int) throws(SpikingError) in try file.read(count) }
      guard header.shape.count == 2, header.shape[1] > 0, !header.isFortranOrder else { return nil }
      try header.check(byteCount: file.byteCount - header.dataOffset)
    } catch {
      throw error.within(path)
    }
    self.file = file
    self.header = header
    shape = header.shape
  }

  /// The next rows, and the number of the first of them; nil at the end.
  ///
  /// - Throws: `unreadableFile`, or `invalidData` where the file ends before.
  mutating func next() throws(SpikingError) -> (first: Int, rows: NumPyArray)? {
    let length = min(max(1, Self.blockLength / shape[1]), shape[0] - row)
    if length == 0 { return nil }
    defer { row += length }
    header.shape = [length, shape[1]]
    let bytes = try file.read(length * shape[1] * header.elementType.byteCount)
    return (row, try NumPyArray(header, bytes, source: file.path))
  }
}
