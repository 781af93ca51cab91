/// A stream of random bits that is a pure function of its key and counter: Philox 4×32 with ten
/// rounds (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3").
///
/// A counter-based generator has no history: the bits for neuron 7 in bin 1000 are the same
/// in whatever order they are drawn and on whatever thread. Streams come from a `RandomSource`.
/// Each holds 2³² blocks of four 32-bit words.
public struct RandomStream: RandomNumberGenerator, Sendable {
  @usableFromInline let key: SIMD2<UInt32>
  @usableFromInline var counter: SIMD4<UInt32>
  @usableFromInline var words = SIMD4<UInt32>()
  @usableFromInline var used = 4

  /// The stream of block `counter` and those after it; the first element counts the blocks.
  @inlinable
  public init(key: SIMD2<UInt32>, counter: SIMD4<UInt32>) {
    self.key = key
    self.counter = counter
  }

  /// The next 32 bits.
  @inlinable
  public mutating func next32() -> UInt32 {
    if used == 4 {
      words = Self.block(counter, key: key)
      counter[0] &+= 1
      used = 0
    }
    defer { used += 1 }
    return words[used]
  }

  /// The next 64 bits.
  @inlinable
  public mutating func next() -> UInt64 {
    UInt64(next32()) | UInt64(next32()) << 32
  }

  /// A number of the open interval (0, 1), of 52 random bits: never 0 and never 1, so that its
  /// logarithm is finite.
  @inlinable
  public mutating func uniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// The four words that belong to one counter; streams use 10 rounds, block draws 7.
  @inlinable
  public static func block(
    _ counter: SIMD4<UInt32>, key: SIMD2<UInt32>, rounds: Int = 10
  ) -> SIMD4<UInt32> {
    var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
    var (k0, k1) = (key[0], key[1])
    for _ in 0..<rounds {
      let a = UInt64(c0) &* 0xD251_1F53
      let b = UInt64(c2) &* 0xCD9E_8D57
      (c0, c1, c2, c3) = (
        UInt32(truncatingIfNeeded: b >> 32) ^ c1 ^ k0, UInt32(truncatingIfNeeded: b),
        UInt32(truncatingIfNeeded: a >> 32) ^ c3 ^ k1, UInt32(truncatingIfNeeded: a)
      )
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return SIMD4(c0, c1, c2, c3)
  }
}
