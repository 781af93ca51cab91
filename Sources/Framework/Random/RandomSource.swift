/// Where all randomness of a run comes from: a seed, divided by what the numbers are for.
///
/// ```swift
/// let source = RandomSource(seed: 7)
/// var weights = source["networks"]["3"].stream(12)        // row 12 of network "3"
/// var draws = source["spikes"]["3"].stream(40, at: 1000)   // neuron 40 in bin 1000
/// ```
///
/// Sources are values and hand out streams without changing, so no result depends on the order in
/// which parts of a program, or threads, ask for theirs.
public struct RandomSource: Hashable, Sendable {
  /// The key that all streams of this source share.
  public let key: UInt64

  /// The source of a run.
  public init(seed: UInt64) {
    key = Self.mix(seed)
  }

  init(key: UInt64) {
    self.key = key
  }

  /// The part of this source that belongs to `purpose`, independent of all others.
  public subscript(purpose: String) -> RandomSource {
    var hash = key
    for byte in purpose.utf8 {
      hash = Self.mix(hash ^ UInt64(byte))
    }
    return RandomSource(key: Self.mix(hash ^ 0x1_0000))
  }

  /// The stream of one unit (a neuron, a row of a matrix, a stimulus), afresh at each time.
  ///
  /// - Parameters:
  ///   - unit: which neuron, row, …
  ///   - time: which bin; negative ones belong to the equilibration.
  @inlinable
  public func stream(_ unit: Int = 0, at time: Int = 0) -> RandomStream {
    RandomStream(key: philoxKey, counter: Self.counter(block: 0, unit: unit, time: time))
  }

  /// The key as the generator's two words.
  @inlinable
  public var philoxKey: SIMD2<UInt32> {
    SIMD2(UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
  }

  /// The generator's counter: 32 bits of blocks, 32 of units, 64 of time.
  @inlinable
  public static func counter(block: UInt32, unit: Int, time: Int) -> SIMD4<UInt32> {
    SIMD4(
      block, UInt32(truncatingIfNeeded: unit),
      UInt32(truncatingIfNeeded: time), UInt32(truncatingIfNeeded: time >> 32))
  }

  /// A permutation of the 64-bit numbers that changes half the bits for each bit changed: the
  /// finaliser of SplitMix64 (Steele, Lea and Flood 2014).
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
