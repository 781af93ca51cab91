import CKernels
import Spiking
import SpikingTestCases
import Testing

/// The kernels of rows that meet few columns, against the same sums in Swift.
@Suite struct SparseRowKernelTests {
  /// Rows in groups of 0 to 9, an entry of which may be in the column of another.
  private struct Rows {
    let width: Int
    var starts: [UInt32] = [0]
    var columns: [UInt32] = []
    var factors: [Double] = []
    /// The group of each row.
    var groups: [UInt16] = []
    static let columnCount = 23

    init(width: Int, seed: UInt64) {
      self.width = width
      var stream = RandomSource(seed: seed).stream()
      for (group, count) in [1, 0, 4, 9, 3, 8].enumerated() {
        columns += (0..<width).map { _ in UInt32.random(in: 0..<23, using: &stream) }
        factors += (0..<count * width).map { _ in stream.normal() }
        groups += Array(repeating: UInt16(group), count: count)
        starts.append(UInt32(groups.count))
      }
      factors += Array(repeating: 0, count: 7)
    }

    func withRows(_ body: (SpikingRows) -> Void) {
      starts.withUnsafeBufferPointer { starts in
        columns.withUnsafeBufferPointer { columns in
          factors.withUnsafeBufferPointer { factors in
            body(
              SpikingRows(
                groups: Int64(starts.count - 1), width: Int64(width), starts: starts.baseAddress,
                columns: columns.baseAddress, factors: factors.baseAddress))
          }
        }
      }
    }

    /// The whole row.
    func dense(_ row: Int) -> [Double] {
      var values = [Double](repeating: 0, count: Self.columnCount)
      for entry in 0..<width {
        values[Int(columns[Int(groups[row]) * width + entry])] += factors[row * width + entry]
      }
      return values
    }
  }

  private static func areNear(_ one: [Double], _ other: [Double]) -> Bool {
    one.count == other.count && zip(one, other).allSatisfy { abs($0 - $1) <= 1e-12 }
  }

  @Test(arguments: [1, 7, 8, 9, 20])
  func `products with weights, sums and products of columns are those of whole rows`(
    width: Int
  ) {
    let rows = Rows(width: width, seed: 3)
    let (count, order) = (rows.groups.count, Rows.columnCount)
    var stream = RandomSource(seed: 4).stream()
    let weights = (0..<order).map { _ in stream.normal() }
    let values = (0..<count).map { _ in stream.normal() }
    let whole = (0..<count).map(rows.dense)
    var products = [Double](repeating: .nan, count: count)
    var sums = [Double](repeating: 1, count: order)
    var half = [Double](repeating: 0, count: order * order)
    var local = [Double](repeating: .nan, count: width * (width + 7))
    rows.withRows {
      spiking_row_products($0, weights, &local, &products)
      spiking_collect_rows($0, values, &local, &sums)
      spiking_half_row_products($0, values, &local, Int64(order), &half)
    }
    #expect(
      Self.areNear(products, whole.map { row in zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 } }))
    #expect(
      Self.areNear(
        sums,
        (0..<order).map { column in
          1 + (0..<count).reduce(0) { $0 + values[$1] * whole[$1][column] }
        }))
    var expected = [Double](repeating: 0, count: order * order)
    var found = expected
    for one in 0..<order {
      for other in 0..<order {
        found[one * order + other] = half[one * order + other] + half[other * order + one]
        for row in 0..<count {
          expected[one * order + other] += values[row] * whole[row][one] * whole[row][other]
        }
      }
    }
    #expect(Self.areNear(found, expected))
  }

  /// Bins 10 to 39, of which each has one of the rows; spikes before them act on them, too.
  @Test func `what follows spikes is added up by columns and lags`() {
    let (rows, window, lags) = (Rows(width: 9, seed: 5), 6, 8)
    let (first, length, neurons, order) = (10, 30, 2, Rows.columnCount)
    var stream = RandomSource(seed: 6).stream()
    let places = (0..<length).map { _ in UInt16.random(in: 0..<25, using: &stream) }
    let weights = (0..<length).map { _ in stream.normal() }
    let bins: [UInt32] = [2, 5, 9, 9, 12, 20, 38, 39]
    let sources: [UInt32] = [0, 1, 0, 1, 1, 0, 1, 0]
    let counts: [UInt16] = [1, 2, 1, 1, 3, 1, 1, 1]
    let stride = neurons * lags
    var sums = [Double](repeating: 0, count: order * stride)
    rows.withRows {
      spiking_collect_row_lags(
        Int64(bins.count), sources, bins, counts, Int64(window), Int64(first), Int64(length), $0,
        places, rows.groups, weights, Int64(stride), Int64(lags), &sums)
    }
    var expected = [Double](repeating: 0, count: order * stride)
    for spike in bins.indices {
      for lag in 0..<window {
        let bin = Int(bins[spike]) + 1 + lag - first
        guard 0..<length ~= bin else { continue }
        let row = rows.dense(Int(places[bin]))
        for column in 0..<order {
          expected[column * stride + Int(sources[spike]) * lags + lag] +=
            Double(counts[spike]) * weights[bin] * row[column]
        }
      }
    }
    #expect(Self.areNear(sums, expected))
  }

  /// Values that are 0 but in bins with spikes of neuron 0 are added up as by the kernel that looks at all bins.
  @Test func `what precedes the spikes of a neuron is what they follow`() {
    let (window, width, first, length, neurons) = (6, 8, 4, 40, 3)
    var stream = RandomSource(seed: 7).stream()
    var (bins, sources, counts): ([UInt32], [UInt32], [UInt16]) = ([], [], [])
    for bin in 0..<first + length {
      for neuron in 0..<neurons where stream.flat(0, 1) < 0.4 {
        bins.append(UInt32(bin))
        sources.append(UInt32(neuron))
        counts.append(UInt16.random(in: 1...3, using: &stream))
      }
    }
    let own = bins.indices.filter { sources[$0] == 0 && Int(bins[$0]) >= first }
    var values = [Double](repeating: 0, count: length)
    for spike in own { values[Int(bins[spike]) - first] = stream.normal() }
    var sums = [Double](repeating: 0, count: neurons * width)
    spiking_collect_lags_before(
      Int64(own.count), own.map { UInt32($0) }, sources, bins, counts, Int64(first), values,
      Int64(window), Int64(width), &sums)
    var expected = [Double](repeating: 0, count: neurons * width)
    for spike in bins.indices {
      for lag in 0..<window {
        let bin = Int(bins[spike]) + 1 + lag - first
        guard 0..<length ~= bin else { continue }
        expected[Int(sources[spike]) * width + lag] += Double(counts[spike]) * values[bin]
      }
    }
    #expect(Self.areNear(sums, expected))
  }
}
