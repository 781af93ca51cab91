internal import CKernels
internal import SpikingNumerics

/// The rows of all terms in a block of bins. Those that several bins have, one after the other, are there once.
struct TermRows: Sendable {
  /// Those that differ from the one before.
  let rows: SparseRowBlock
  /// The row of each bin; nil where each has its own.
  private let places: [UInt16]?
  /// The number of bins.
  let binCount: Int

  /// - Precondition: at most 65 536 bins.
  init(_ all: SparseRowBlock) {
    binCount = all.binCount
    var places: [UInt16] = []
    var (weights, factors): ([UInt32], [Double]) = ([], [])
    var former: Range<Int>?
    for bin in 0..<all.binCount {
      let row = bin * all.width..<(bin + 1) * all.width
      if former.map({ !Self.isSame(all, $0, row) }) ?? true {
        weights += all.weights[row]
        factors += all.factors[row]
        places.append((places.last ?? 0) + (former == nil ? 0 : 1))
        // Too few are the same for it to be worth while.
        if 2 * Int(places[bin]) > all.binCount { break }
      } else {
        places.append(places[bin - 1])
      }
      former = row
    }
    if places.count == all.binCount, let last = places.last {
      var distinct = SparseRowBlock(binCount: Int(last) + 1, width: all.width)
      distinct.weights = weights
      distinct.factors = factors
      (rows, self.places) = (distinct, places)
    } else {
      (rows, self.places) = (all, nil)
    }
  }

  private static func isSame(
    _ rows: SparseRowBlock, _ one: Range<Int>, _ other: Range<Int>
  ) -> Bool {
    zip(one, other).allSatisfy {
      rows.factors[$0] == rows.factors[$1] && rows.weights[$0] == rows.weights[$1]
    }
  }

  /// The row of each bin.
  var rowOfBin: [UInt16] { places ?? (0..<binCount).map { UInt16($0) } }

  /// The number of entries that are kept.
  var entryCount: Int { rows.weights.count }

  /// Calls a function with every value that is not 0, entries of one column and bin added up.
  ///
  /// - Parameter areMeant: whether each bin is meant; nil for all.
  func forEachValue(
    columns: Int, in areMeant: [Bool]? = nil,
    _ body: (_ bin: Int, _ column: Int, _ value: Double) -> Void
  ) {
    var sums = [Double](repeating: 0, count: columns)
    for bin in 0..<binCount where areMeant?[bin] ?? true {
      let row = places.map { Int($0[bin]) } ?? bin
      let entries = row * rows.width..<(row + 1) * rows.width
      for entry in entries { sums[Int(rows.weights[entry])] += rows.factors[entry] }
      for entry in entries {
        let column = Int(rows.weights[entry])
        if sums[column] != 0 { body(bin, column, sums[column]) }
        sums[column] = 0
      }
    }
  }

  /// Adds Σ factor · weight to each bin's value.
  func addProducts(_ coefficients: ArraySlice<Double>, to values: UnsafeMutablePointer<Double>) {
    coefficients.withUnsafeBufferPointer { coefficients in
      guard let coefficients = coefficients.baseAddress else { return }
      guard let places else {
        spiking_add_rows(
          Int64(binCount), Int64(rows.width), rows.weights, rows.factors, coefficients, values)
        return
      }
      var ofRows = [Double](repeating: 0, count: rows.binCount)
      spiking_add_rows(
        Int64(rows.binCount), Int64(rows.width), rows.weights, rows.factors, coefficients, &ofRows)
      for (bin, place) in places.enumerated() { values[bin] += ofRows[Int(place)] }
    }
  }

  /// Adds to the sum of each column Σ factor · value over the bins.
  func addSums(of values: UnsafePointer<Double>, to sums: inout [Double]) {
    spiking_collect_rows(
      Int64(rows.binCount), Int64(rows.width), rows.weights, rows.factors, byRow(values), &sums)
  }

  /// Adds Σ weight · factor · factor over the bins to products of columns, which are the sum of the matrix and its
  /// transpose.
  func addHalfProducts(weighted weights: [Double], to half: inout SymmetricMatrix) {
    spiking_half_row_products(
      Int64(rows.binCount), Int64(rows.width), rows.weights, rows.factors, byRow(weights),
      Int64(half.order), &half.entries)
  }

  /// What the values of its bins add up to, for each row.
  private func byRow(_ values: UnsafePointer<Double>) -> [Double] {
    guard let places else { return Array(UnsafeBufferPointer(start: values, count: binCount)) }
    var sums = [Double](repeating: 0, count: rows.binCount)
    for (bin, place) in places.enumerated() { sums[Int(place)] += values[bin] }
    return sums
  }
}
