/// Texts of any length, to which datasets and attributes refer: a "global heap collection". Source: HDF5 File Format
/// Specification 3.0, III.E.
struct HDF5Heap {
  /// Where it stands in the file.
  let address: Int
  private let byteCount: Int
  private var texts: [UInt8] = []
  private var count: UInt16 = 0

  private static let headLength = 16

  /// A heap that has room for a text of `length` bytes at least.
  init(at address: Int, for length: Int) {
    self.address = address
    byteCount = max(1 << 14, 2 * Self.headLength + length + length.rest(of: 8))
  }

  /// All its bytes.
  var bytes: [UInt8] {
    var bytes = Array("GCOL".utf8) + [1, 0, 0, 0]
    bytes.append(littleEndian: UInt64(byteCount))
    bytes += texts
    let rest = byteCount - bytes.count
    guard rest >= Self.headLength else {
      return bytes + [UInt8](repeating: 0, count: rest)
    }
    // The room that is left is object 0.
    bytes.append(littleEndian: UInt64(0))
    bytes.append(littleEndian: UInt64(rest))
    return bytes + [UInt8](repeating: 0, count: rest - Self.headLength)
  }

  /// Takes a text in.
  ///
  /// - Returns: what refers to it; nil where there is no room.
  mutating func add(_ text: [UInt8]) -> [UInt8]? {
    let length = Self.headLength + text.count + text.count.rest(of: 8)
    guard Self.headLength + texts.count + length <= byteCount else { return nil }
    count += 1
    texts.append(littleEndian: count)
    texts.append(littleEndian: UInt16(1))
    texts.append(littleEndian: UInt32(0))
    texts.append(littleEndian: UInt64(text.count))
    texts += text
    texts.pad()
    var reference: [UInt8] = []
    reference.append(littleEndian: UInt32(clamping: text.count))
    reference.append(littleEndian: UInt64(address))
    reference.append(littleEndian: UInt32(count))
    return reference
  }
}
