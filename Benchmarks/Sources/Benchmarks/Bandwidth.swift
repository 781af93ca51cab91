import Foundation

/// How fast memory is read, and moved, in bytes a second, where it takes so many bytes: little
/// stays in the processor's caches, much does not.
enum Bandwidth {
  /// Bytes read a second: the sum over an array of `bytes` bytes.
  static func reading(_ bytes: Int) async -> Double {
    let count = max(8, bytes / MemoryLayout<SIMD8<UInt64>>.stride)
    let array = [SIMD8<UInt64>](repeating: .one, count: count)
    let repetitions = repetitions(bytes: bytes)
    var total = SIMD8<UInt64>()
    let time = await medianSeconds {
      for _ in 0..<repetitions { total = sum(array.span, after: total) }
    }
    precondition(total[0] > 0)
    return Double(repetitions * count * MemoryLayout<SIMD8<UInt64>>.stride) / time
  }

  /// Bytes moved a second between the first cache and where memory of `bytes` bytes is held, in either
  /// direction, while one half is copied to the other by the C library. What is copied moves three
  /// times: both halves come into the cache, and one goes back.
  static func moving(_ bytes: Int) async -> Double {
    let half = max(64, bytes / 2)
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * half, alignment: 64)
    defer { memory.deallocate() }
    memory.initializeMemory(as: UInt8.self, repeating: 1)
    let (first, second) = (memory[..<half], memory[half...])
    let repetitions = repetitions(bytes: bytes)
    let time = await medianSeconds {
      for _ in 0..<repetitions {
        UnsafeMutableRawBufferPointer(rebasing: second)
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: first))
      }
    }
    return Double(repetitions * 3 * half) / time
  }

  /// As often as makes some milliseconds.
  private static func repetitions(bytes: Int) -> Int { max(1, (64 << 20) / max(bytes, 512)) }

  /// Four sums at a time, so that none waits for another. Each repetition goes on from the one before,
  /// so that the compiler cannot do it once for all.
  @inline(never)
  private static func sum(
    _ array: Span<SIMD8<UInt64>>, after total: SIMD8<UInt64>
  ) -> SIMD8<UInt64> {
    var (a, b, c, d) = (total, SIMD8<UInt64>(), SIMD8<UInt64>(), SIMD8<UInt64>())
    for index in stride(from: 0, to: array.count & ~3, by: 4) {
      a &+= array[unchecked: index]
      b &+= array[unchecked: index + 1]
      c &+= array[unchecked: index + 2]
      d &+= array[unchecked: index + 3]
    }
    return a &+ b &+ (c &+ d)
  }
}
