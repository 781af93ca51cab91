/// Changes of bytes that know nothing of a format.
enum ByteMutations {
  /// Numbers at which sizes and counts go wrong.
  static let giants: [UInt64] = [
    0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF, 1 << 31, 1 << 32, 1 << 40, 1 << 61,
    1 << 62, 1 << 63, .max >> 1, .max, .max - 1,
  ]

  /// One change, of a kind drawn at random.
  static func change(_ bytes: inout [UInt8], other: [UInt8], _ random: inout Random) {
    guard !bytes.isEmpty else {
      bytes = other
      return
    }
    // Headers stand at the beginning, tables of contents at the end.
    let ends = min(bytes.count, 512)
    let place =
      switch random.below(4) {
      case 0: random.below(ends)
      case 1: bytes.count - 1 - random.below(ends)
      default: random.below(bytes.count)
      }
    switch random.below(9) {
    case 0, 1: bytes[place] ^= 1 << random.below(8)
    case 2: bytes[place] = UInt8(random.below(256))
    case 3: bytes.removeSubrange(place...)
    case 4: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(16)))
    case 5:
      let length = min(bytes.count - place, 1 + random.below(64))
      bytes.insert(contentsOf: bytes[place..<place + length], at: place)
    case 6:
      guard !other.isEmpty else { return }
      bytes.replaceSubrange(place..., with: other[random.below(other.count)...])
    case 7:
      // Fields of formats are aligned more often than not.
      put(random.element(giants), width: [2, 4, 8][random.below(3)], at: place & ~3, in: &bytes)
    default:
      put(random.element(giants), width: [1, 2, 4, 8][random.below(4)], at: place, in: &bytes)
    }
  }

  /// Writes a number over the bytes at a place, the least byte first.
  static func put(_ value: UInt64, width: Int, at place: Int, in bytes: inout [UInt8]) {
    for index in 0..<width where bytes.indices.contains(place + index) {
      bytes[place + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
    }
  }

  static func number(width: Int, at place: Int, in bytes: [UInt8]) -> Int {
    (0..<width).reversed().reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
  }
}
