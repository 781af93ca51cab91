import CKernels
import Spiking
import Testing

/// The C kernels against the same loops in Swift.
@Suite struct KernelTests {
  @Test(arguments: [1, 15, 16, 63, 64, 65, 200, 512])
  func `candidates are the neurons whose own word may lie below their bound`(count: Int) {
    let bounds = (0..<count).map { Float(($0 * 37) % 101) / 101 }
    let source = RandomSource(seed: 5)
    for (bin, first) in [(0, 0), (7, 128), (-3, 64)] {
      let time = UInt64(bitPattern: Int64(bin))
      let draw = SpikingDraw(
        key: (source.philoxKey[0], source.philoxKey[1]),
        time: (UInt32(truncatingIfNeeded: time), UInt32(truncatingIfNeeded: time >> 32)),
        first: UInt32(first))
      var positions = [UInt32](repeating: 0, count: count)
      var words = positions
      let found = Int(spiking_candidates(Int64(count), bounds, draw, &positions, &words))
      let own = (0..<count).map { word(ofNeuron: first + $0, bin: bin, source) }
      let expected = (0..<count).filter {
        Float(own[$0] >> 8) <= bounds[$0] * (0x1p24 * 1.000002)
      }
      #expect(positions[..<found].map(Int.init) == expected)
      #expect(words[..<found].elementsEqual(expected.map { own[$0] }))
      let mustBeFound = (0..<count).filter { Double(own[$0]) < Double(bounds[$0]) * 0x1p32 }
      #expect(Set(mustBeFound).isSubset(of: expected))
    }
  }

  @Test(arguments: [1, 7, 64, 1001])
  func `a filter step, a tap and a row equal the same in Swift`(count: Int) {
    var stream = RandomSource(seed: 3).stream()
    func numbers() -> [Double] { (0..<count).map { _ in stream.normal() } }
    let arrived = numbers().map(Float.init)
    var (expired, filtered) = (numbers().map(Float.init), numbers())
    var drive = [Double](repeating: 0, count: count)
    let expectedFiltered = (0..<count).map {
      0.8 * filtered[$0] + (Double(arrived[$0]) - 0.1 * Double(expired[$0]))
    }
    let expectedDrive = (0..<count).map { 1.5 * expectedFiltered[$0] - 2 }
    spiking_filter_exponential(
      Int64(count), arrived, &expired, &filtered, 0.8, 0.1, 1.5, -2, &drive)
    #expect(filtered == expectedFiltered && drive == expectedDrive)
    #expect(expired.allSatisfy { $0 == 0 })

    spiking_add_tap(Int64(count), arrived, 0.25, &drive)
    #expect(drive == (0..<count).map { expectedDrive[$0] + 0.25 * Double(arrived[$0]) })

    var sums = numbers().map(Float.init)
    let before = sums
    spiking_add_row(Int64(count), arrived, 3, &sums)
    #expect(sums == (0..<count).map { before[$0] + 3 * arrived[$0] })

    let targets = (0..<count).filter { $0 % 3 == 0 }.map { UInt32($0 + 10) }
    let start = sums
    let expected = targets.enumerated().map { position, target in
      start[Int(target) - 10] + 2 * arrived[position]
    }
    spiking_add_synapses_wide(Int64(targets.count), targets, arrived, 2, 10, &sums)
    #expect(targets.map { sums[Int($0) - 10] } == expected)
    sums = start
    let narrow = targets.map { UInt16($0) }
    spiking_add_synapses_narrow(Int64(targets.count), narrow, arrived, 2, 10, &sums)
    #expect(targets.map { sums[Int($0) - 10] } == expected)
    #expect(sums.indices.filter { $0 % 3 != 0 }.allSatisfy { sums[$0] == start[$0] })
  }

  /// The kernel's polynomial, operation by operation. Swift never fuses two of them, so that
  /// equality to the last bit shows that no instruction set does.
  @Test func `the exponential is the same to the last bit without fused operations`() {
    let drives = stride(from: -745.0, through: 709, by: 0.0371).map { $0 }
    var values = [Double](repeating: 0, count: drives.count)
    spiking_exponential(Int64(drives.count), drives, 1, 1, &values)
    for (drive, value) in zip(drives, values) {
      #expect(value == unfusedExponential(drive), "exp(\(drive))")
    }
  }

  private func unfusedExponential(_ x: Double) -> Double {
    let k = (x * 1.4426950408889634 + 0x1.8p52) - 0x1.8p52
    let r = (x - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33
    let (r2, r4, r8) = (r * r, (r * r) * (r * r), ((r * r) * (r * r)) * ((r * r) * (r * r)))
    let a1: Double = 1.0 / 2 + r * (1.0 / 6)
    let a2: Double = 1.0 / 24 + r * (1.0 / 120)
    let b1: Double = 1.0 / 720 + r * (1.0 / 5040)
    let b2: Double = 1.0 / 40320 + r * (1.0 / 362880)
    let c1: Double = 1.0 / 3_628_800 + r * (1.0 / 39_916_800)
    let c2: Double = 1.0 / 479_001_600 + r * (1.0 / 6_227_020_800.0)
    let (a, b, c) = (a1 + r2 * a2, b1 + r2 * b2, c1 + r2 * c2)
    let p = 1 + (r + r2 * (a + (r4 * b + r8 * c)))
    let half = (k * 0.5 + 0x1.8p52) - 0x1.8p52
    func power(_ n: Double) -> Double {
      Double(sign: .plus, exponent: Int(n), significand: 1)
    }
    return (p * power(half)) * power(k - half)
  }

  /// The word of a neuron, by the layout that the kernel documents.
  private func word(ofNeuron neuron: Int, bin: Int, _ source: RandomSource) -> UInt32 {
    let unit = neuron / 64 * 16 + neuron % 16
    let block = RandomStream.block(
      RandomSource.counter(block: .max, unit: unit, time: bin), key: source.philoxKey,
      rounds: 7)
    return block[neuron % 64 / 16]
  }
}
