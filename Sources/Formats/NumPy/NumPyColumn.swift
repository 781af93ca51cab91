internal import Foundation
internal import SpikingFramework

/// A one-dimensional array of an archive as it is read in blocks, while the archive is open.
struct NumPyColumn: ~Copyable {
  /// The number of elements.
  let count: Int
  private let source: String
  private var header: NumPyHeader
  private var entry: ZipEntry
  private var position = 0

  /// - Parameter source: what errors name.
  /// - Throws: `invalidData` where there are more or fewer dimensions.
  init(_ array: consuming OpenedArray, source: String) throws(SpikingError) {
    header = array.header
    guard header.shape.count == 1 else {
      throw SpikingError(
        .invalidData, "\(source): shape", found: NumPyHeader.text(header.shape),
        expected: "one dimension")
    }
    count = header.shape[0]
    self.source = source
    entry = array.entry
  }

  /// The next elements, at most `limit` of them; none at the end. Errors of later blocks say which
  /// element of the column is number 0 of the block.
  ///
  /// - Throws: `invalidData` where the archive is damaged.
  mutating func next(_ limit: Int) throws(SpikingError) -> NumPyArray {
    let length = min(limit, count - position)
    let place = position == 0 ? source : "\(source): from element \(position)"
    header.shape = [length]
    position += length
    return try NumPyArray(
      header, entry.read(length * header.elementType.byteCount), source: place)
  }
}
