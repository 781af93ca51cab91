import CKernels
import Spiking
import SpikingTestCases
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
  }

  /// Rows of 0 to 70 synapses, of which the block has the targets from 10 on.
  @Test(arguments: [0, 1, 2, 40])
  func `spikes through sparse rows add up as the same in Swift`(spikeCount: Int) {
    var stream = RandomSource(seed: 4).stream()
    var (starts, stops): ([Int], [Int]) = ([], [])
    var (targets, weights): ([UInt32], [Float]) = ([], [])
    for length in [0, 1, 3, 15, 16, 17, 40, 70] {
      starts.append(targets.count)
      targets += (0..<100).shuffled(using: &stream).prefix(length).sorted().map { UInt32($0 + 10) }
      weights += (0..<length).map { _ in Float(stream.normal()) }
      stops.append(targets.count)
      // Synapses of the row that end elsewhere.
      targets += [0, 5000]
      weights += [1, 1]
    }
    let sources = (0..<spikeCount).map { UInt32($0 * 5 % 8) }
    let counts = (0..<spikeCount).map { UInt16(1 + $0 % 3) }
    let start = (0..<100).map { _ in Float(stream.normal()) }
    var expected = start
    for (source, count) in zip(sources, counts) {
      for index in starts[Int(source)]..<stops[Int(source)] {
        expected[Int(targets[index]) - 10] += Float(count) * weights[index]
      }
    }
    var sums = start
    spiking_scatter_wide(
      Int64(spikeCount), sources, counts, starts, stops, targets, weights, 10, &sums)
    #expect(sums == expected)
    sums = start
    spiking_scatter_narrow(
      Int64(spikeCount), sources, counts, starts, stops, targets.map { UInt16($0) }, weights, 10,
      &sums)
    #expect(sums == expected)
  }

  @Test(arguments: [1, 15, 16, 17, 1001])
  func `bounds of the nonlinearities equal the same in Swift`(count: Int) {
    let ends: [Double] = [0, -0.0, -87.3, -1e9, 88.7, 89, 1e9, -.infinity, .infinity, .nan]
    var stream = RandomSource(seed: 4).stream()
    let drives = (0..<count).map { $0 % 7 == 3 ? ends[$0 / 7 % ends.count] : stream.flat(-95, 95) }
    var bounds = [Float](repeating: -1, count: count)
    spiking_exponential_bounds(Int64(count), drives, 1.5, 0.7, &bounds)
    #expect(same(bounds, drives.map { 0.7 * exponentialBound(Float(1.5 * $0)) }))
    spiking_logistic_bounds(Int64(count), drives, 2, -1.5, 0.7, &bounds)
    #expect(
      same(
        bounds,
        drives.map {
          let z = Float(-1.5 * ($0 - 2))
          let e = exponentialBound(z > 80 ? 80 : z)
          return 0.7 * (e / (1 + e))
        }))
    spiking_softplus_bounds(Int64(count), drives, 2, -1.5, 0.7, &bounds)
    #expect(
      same(
        bounds,
        drives.map {
          let z = Float(-1.5 * ($0 - 2))
          let e = exponentialBound(-abs(z))
          let fraction = e * (6 + e) / (6 + 4 * e)
          return 0.7 * ((z > 0 ? z : 0) + fraction)
        }))
  }

  /// The bits of a float as an integer grow by 2²³ for each factor of 2.
  private func exponentialBound(_ z: Float) -> Float {
    if z.isNaN { return z }
    let bits = min(max(z * 12_102_203 + Float(127 << 23 + 8192), 0x1p23), 2_139_095_040)
    return Float(bitPattern: UInt32(bits)) + 0 * z
  }

  private func same(_ a: [Float], _ b: [Float]) -> Bool {
    zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN }
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
