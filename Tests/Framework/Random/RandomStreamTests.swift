import Spiking
import SpikingTestCases
import Testing

@Suite struct RandomStreamTests {
  /// The known answers of Philox4x32-10 in the Random123 distribution (Salmon et al. 2011).
  @Test func `blocks equal the published known answers`() {
    let ones = UInt32.max
    #expect(
      RandomStream.block(.zero, key: .zero)
        == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    #expect(
      RandomStream.block(SIMD4(repeating: ones), key: SIMD2(repeating: ones))
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      RandomStream.block(
        SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
        key: SIMD2(0xa409_3822, 0x299f_31d0))
        == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func `a stream runs through its blocks`() {
    var stream = RandomSource(seed: 1).stream(3, at: -2)
    let words = (0..<8).map { _ in stream.next32() }
    let key = RandomSource(seed: 1).philoxKey
    for block in 0..<2 {
      let expected = RandomStream.block(
        RandomSource.counter(block: UInt32(block), unit: 3, time: -2), key: key)
      #expect(words[4 * block..<4 * block + 4].elementsEqual((0..<4).map { expected[$0] }))
    }
  }

  @Test func `streams of other seeds, purposes, units and times differ`() {
    let source = RandomSource(seed: 1)
    var streams = [
      source.stream(), source.stream(1), source.stream(at: 1), source.stream(at: -1),
      source["a"].stream(), source["b"].stream(), source["a"]["b"].stream(),
      source["ab"].stream(), RandomSource(seed: 2).stream(),
    ]
    let first = streams.indices.map { streams[$0].next() }
    #expect(Set(first).count == streams.count)
  }

  @Test func `uniform numbers are uniform, and independent across units`() {
    var stream = RandomSource(seed: 11).stream()
    let draws = (0..<100_000).map { _ in stream.uniform() }
    #expect(draws.allSatisfy { 0 < $0 && $0 < 1 })
    #expect(kolmogorovSmirnov(draws) { $0 } > 0.001)
    let across = (0..<100_000).map { unit in
      var stream = RandomSource(seed: 11).stream(unit)
      return stream.uniform()
    }
    #expect(kolmogorovSmirnov(across) { $0 } > 0.001)
    // The correlation of neighbours has standard error 1/√n.
    let products = zip(across, across.dropFirst()).map { ($0 - 0.5) * ($1 - 0.5) * 12 }
    #expect(abs(meanAndError(products).mean) < 4 / Double(products.count).squareRoot())
  }
}
