internal import Foundation
internal import SpikingFramework

/// A matrix in a `.npy` file as it is read in blocks of rows: memory holds one of them.
struct NumPyRows {
  /// The number of rows and columns.
  let shape: [Int]
  private let path: String
  private var header: NumPyHeader
  private let file: FileHandle
  private var row = 0

  /// 4 MB of 32-bit numbers.
  private static let blockLength = 1 << 20

  /// The matrix of the file at `path`; nil where the file has to be read as a whole, as it is no
  /// matrix, not in order of rows, or no regular file.
  ///
  /// - Throws: `unreadableFile`, or `invalidData` naming the file and the field that is wrong.
  init?(_ path: String) throws(SpikingError) {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw InputFile.unopened(path) }
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      var status = stat()
      guard fstat(file.fileDescriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        return nil
      }
      let start = try file.read(upToCount: NumPyHeader.maximumLength + 12) ?? Data()
      header = try NumPyHeader(start)
      guard header.shape.count == 2, header.shape[1] > 0, !header.isFortranOrder else { return nil }
      try header.check(byteCount: Int(status.st_size) - header.dataOffset)
      try file.seek(toOffset: UInt64(header.dataOffset))
    } catch let error as SpikingError {
      throw error.within(path)
    } catch {
      throw InputFile.unreadable(path, error)
    }
    self.path = path
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
    let bytes: Data
    do {
      bytes = try file.read(upToCount: length * shape[1] * header.elementType.byteCount) ?? Data()
    } catch {
      throw InputFile.unreadable(path, error)
    }
    return (row, try NumPyArray(header, bytes, source: path))
  }
}
