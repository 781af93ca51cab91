/// Bytes as HDF5 has them: numbers with the lowest byte first.
extension [UInt8] {
  mutating func append<Value: FixedWidthInteger>(littleEndian value: Value) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  /// Zeros up to the next multiple of 8.
  mutating func pad() {
    append(contentsOf: repeatElement(0, count: count.rest(of: 8)))
  }
}

extension Int {
  /// How much there is up to the next multiple of `step`.
  func rest(of step: Int) -> Int { (step - self % step) % step }
}

/// The checksum of HDF5's headers. Source: B. Jenkins, lookup3.c (2006), `hashlittle`.
enum HDF5Checksum {
  static func of(_ bytes: [UInt8]) -> UInt32 {
    let start = 0xdead_beef &+ UInt32(truncatingIfNeeded: bytes.count)
    var (a, b, c) = (start, start, start)
    var position = 0
    while bytes.count - position > 12 {
      a &+= word(bytes, position)
      b &+= word(bytes, position + 4)
      c &+= word(bytes, position + 8)
      mix(&a, &b, &c)
      position += 12
    }
    // Words end with the bytes.
    guard position < bytes.count else { return c }
    a &+= word(bytes, position)
    b &+= word(bytes, position + 4)
    c &+= word(bytes, position + 8)
    close(&a, &b, &c)
    return c
  }

  /// Four bytes, zeros beyond the last.
  private static func word(_ bytes: [UInt8], _ position: Int) -> UInt32 {
    var word: UInt32 = 0
    for index in 0..<4 where position + index < bytes.count {
      word |= UInt32(bytes[position + index]) << UInt32(8 * index)
    }
    return word
  }

  private static func rotated(_ value: UInt32, _ count: UInt32) -> UInt32 {
    value << count | value >> (32 - count)
  }

  private static func mix(_ a: inout UInt32, _ b: inout UInt32, _ c: inout UInt32) {
    for count in [4, 6, 8, 16, 19, 4] as [UInt32] {
      a = (a &- c) ^ rotated(c, count)
      c = c &+ b
      (a, b, c) = (b, c, a)
    }
  }

  private static func close(_ a: inout UInt32, _ b: inout UInt32, _ c: inout UInt32) {
    c = (c ^ b) &- rotated(b, 14)
    a = (a ^ c) &- rotated(c, 11)
    b = (b ^ a) &- rotated(a, 25)
    c = (c ^ b) &- rotated(b, 16)
    a = (a ^ c) &- rotated(c, 4)
    b = (b ^ a) &- rotated(a, 14)
    c = (c ^ b) &- rotated(b, 24)
  }
}
