internal import CKernels
internal import SpikingNumerics

/// The rows of all terms in a block of bins. Those that several bins have, one after the other, are there once, and those that
/// meet the same columns stand together.
struct TermRows: Sendable {
  /// The number of entries of a row.
  private let width: Int
  /// The columns of each group of rows.
  private var columns: [UInt32] = []
  /// The first row of each group, then the number of rows.
  private var starts: [UInt32] = [0]
  /// The factors of each row, then as many zeros as the last vector may reach beyond them.
  private var factors: [Double] = []
  /// The row of each bin.
  let places: [UInt16]

  /// The number of bins.
  var binCount: Int { places.count }
  private var rowCount: Int { Int(starts[starts.count - 1]) }

  /// - Precondition: at most 65 536 bins.
  /// - Complexity: O(bins · width + stretches of bins that meet the same columns · width · log).
  init(_ all: SparseRowBlock) {
    width = all.width
    let stretches = Stretch.of(all).sorted { $0.precedes($1, in: all) }
    var places = [UInt16](repeating: 0, count: all.binCount)
    factors.reserveCapacity(all.factors.count + 7)
    var former: Stretch?
    for stretch in stretches {
      if former.map({ all.columns(ofBin: $0.bins.lowerBound) }).map({
        !$0.elementsEqual(all.columns(ofBin: stretch.bins.lowerBound))
      }) ?? true {
        columns += all.columns(ofBin: stretch.bins.lowerBound)
        starts.append(starts[starts.count - 1])
      }
      former = stretch
      for bin in stretch.bins {
        let row = all.factors(ofBin: bin)
        let isRepeated =
          bin > stretch.bins.lowerBound && row.elementsEqual(all.factors(ofBin: bin - 1))
        if !isRepeated {
          factors += row
          starts[starts.count - 1] += 1
        }
        places[bin] = UInt16(starts[starts.count - 1] - 1)
      }
    }
    factors += Array(repeating: 0, count: 7)
    self.places = places
  }

  /// Bins, one after the other, that meet the same columns.
  private struct Stretch {
    var bins: Range<Int>

    static func of(_ rows: SparseRowBlock) -> [Stretch] {
      var stretches: [Stretch] = []
      var start = 0
      for bin in 1..<max(rows.binCount, 1)
      where !rows.columns(ofBin: bin).elementsEqual(rows.columns(ofBin: bin - 1)) {
        stretches.append(Stretch(bins: start..<bin))
        start = bin
      }
      if rows.binCount > 0 { stretches.append(Stretch(bins: start..<rows.binCount)) }
      return stretches
    }

    /// By their columns, then as they follow each other.
    func precedes(_ other: Stretch, in rows: SparseRowBlock) -> Bool {
      let (own, others) = (
        rows.columns(ofBin: bins.lowerBound), rows.columns(ofBin: other.bins.lowerBound)
      )
      for (one, two) in zip(own, others) where one != two { return one < two }
      return bins.lowerBound < other.bins.lowerBound
    }
  }

  /// How many bytes are kept.
  var byteCount: Int { 8 * factors.count + 4 * (columns.count + starts.count) + 2 * places.count }

  /// The group of each row.
  var groups: [UInt16] {
    var groups: [UInt16] = []
    for (group, end) in starts.dropFirst().enumerated() {
      while groups.count < Int(end) { groups.append(UInt16(group)) }
    }
    return groups
  }

  /// Calls a function with all rows, unless these have no entries and add nothing.
  func withRows(_ body: (SpikingRows) -> Void) {
    if columns.isEmpty { return }
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
}

extension TermRows {
  /// Calls a function with every value that is not 0, entries of one column and bin added up.
  ///
  /// - Parameter areMeant: whether each bin is meant; nil for all.
  func forEachValue(
    columns count: Int, in areMeant: [Bool]? = nil,
    _ body: (_ bin: Int, _ column: Int, _ value: Double) -> Void
  ) {
    let groups = groups
    var sums = [Double](repeating: 0, count: count)
    for (bin, place) in places.enumerated() where areMeant?[bin] ?? true {
      let row = Int(place)
      let first = Int(groups[row]) * width
      for entry in 0..<width {
        sums[Int(columns[first + entry])] += factors[row * width + entry]
      }
      for entry in first..<first + width {
        let column = Int(columns[entry])
        if sums[column] != 0 { body(bin, column, sums[column]) }
        sums[column] = 0
      }
    }
  }

  /// Adds Σ factor · weight to each bin's value.
  func addProducts(_ coefficients: ArraySlice<Double>, to values: UnsafeMutablePointer<Double>) {
    var ofRows = [Double](repeating: 0, count: rowCount)
    coefficients.withUnsafeBufferPointer { coefficients in
      guard let coefficients = coefficients.baseAddress else { return }
      var local = [Double](repeating: 0, count: width + 7)
      withRows { spiking_row_products($0, coefficients, &local, &ofRows) }
    }
    for (bin, place) in places.enumerated() { values[bin] += ofRows[Int(place)] }
  }

  /// Adds to the sum of each column Σ factor · value over the bins.
  func addSums(of values: UnsafePointer<Double>, to sums: inout [Double]) {
    let ofRows = byRow(values)
    var local = [Double](repeating: 0, count: width + 7)
    withRows { spiking_collect_rows($0, ofRows, &local, &sums) }
  }

  /// Adds Σ weight · factor · factor over the bins to products of columns, which are the sum of the matrix and its
  /// transpose.
  func addHalfProducts(weighted weights: [Double], to half: inout SymmetricMatrix) {
    let ofRows = byRow(weights)
    var local = [Double](repeating: 0, count: width * (width + 7))
    withRows { spiking_half_row_products($0, ofRows, &local, Int64(half.order), &half.entries) }
  }

  /// What the values of its bins add up to, for each row.
  private func byRow(_ values: UnsafePointer<Double>) -> [Double] {
    var sums = [Double](repeating: 0, count: rowCount)
    for (bin, place) in places.enumerated() { sums[Int(place)] += values[bin] }
    return sums
  }
}

extension SparseRowBlock {
  fileprivate func columns(ofBin bin: Int) -> ArraySlice<UInt32> {
    weights[bin * width..<(bin + 1) * width]
  }

  fileprivate func factors(ofBin bin: Int) -> ArraySlice<Double> {
    factors[bin * width..<(bin + 1) * width]
  }
}
