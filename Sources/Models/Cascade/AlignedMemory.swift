/// Memory that begins with a cache line, as all its rows then do where they are multiples of one:
/// vectors of one lie in one line.
extension UnsafeMutablePointer {
  static func aligned(copying other: UnsafeMutablePointer, count: Int) -> UnsafeMutablePointer {
    let pointer = aligned(count)
    pointer.initialize(from: other, count: count)
    return pointer
  }

  private static func aligned(_ count: Int) -> UnsafeMutablePointer {
    UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Pointee>.stride, alignment: 64
    ).bindMemory(to: Pointee.self, capacity: count)
  }
}

extension UnsafeMutablePointer where Pointee: BinaryFloatingPoint {
  static func alignedZeros(_ count: Int) -> UnsafeMutablePointer {
    let pointer = aligned(count)
    pointer.initialize(repeating: 0, count: count)
    return pointer
  }
}
