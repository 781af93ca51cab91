internal import CKernels
internal import SpikingFramework
internal import SpikingNumerics

/// The columns of all terms together, of which each bin meets a few.
///
/// The rows of all terms are joined, block after block, and kept where they take up to half a gigabyte; beyond, they are
/// made again whenever a block is gone through.
struct TermFeatures: Sendable {
  /// What is fitted.
  let terms: [FittedTerm]
  /// Where the columns of each term begin.
  let starts: [Int]
  /// The number of columns.
  let count: Int
  /// The least and the largest value of each column in the bins that are evaluated, and its mean.
  private(set) var least: [Double]
  private(set) var largest: [Double]
  private(set) var means: [Double]
  private let sources: [@Sendable (Range<Int>) -> SparseRowBlock]
  private let blocks: [Range<Int>]
  /// Empty where they are not kept.
  private var kept: [SparseRowBlock] = []

  private static let maximumKept = 1 << 25

  /// - Complexity: O(bins · entries of a row).
  init(_ terms: [BinnedTerm], bins: EvaluatedBins) {
    self.terms = terms.map(\.fitted)
    sources = terms.map(\.columns.rows)
    blocks = bins.blocks
    var starts: [Int] = []
    var next = 0
    for term in terms {
      starts.append(next)
      next += term.columns.count
    }
    self.starts = starts
    count = next
    least = Array(repeating: .infinity, count: count)
    largest = Array(repeating: -.infinity, count: count)
    means = Array(repeating: 0, count: count)
    if count > 0 { collect(binCount: bins.count) }
  }

  private mutating func collect(binCount: Int) {
    var met = [Int](repeating: 0, count: count)
    var entries = 0
    var blocks: [SparseRowBlock] = []
    for block in self.blocks {
      let rows = joinedRows(block)
      entries += rows.weights.count
      if entries <= Self.maximumKept { blocks.append(rows) }
      rows.forEachValue(columns: count) { _, column, value in
        met[column] += 1
        least[column] = min(least[column], value)
        largest[column] = max(largest[column], value)
        means[column] += value
      }
    }
    for column in 0..<count {
      means[column] /= Double(binCount)
      if met[column] == binCount { continue }
      least[column] = min(least[column], 0)
      largest[column] = max(largest[column], 0)
    }
    if entries <= Self.maximumKept { kept = blocks }
  }

  /// The rows of a block.
  func rows(ofBlock number: Int) -> SparseRowBlock {
    kept.isEmpty ? joinedRows(blocks[number]) : kept[number]
  }

  private func joinedRows(_ bins: Range<Int>) -> SparseRowBlock {
    let parts = sources.map { $0(bins) }
    if parts.count == 1 { return parts[0] }
    let width = parts.reduce(0) { $0 + $1.width }
    var rows = SparseRowBlock(binCount: bins.count, width: width)
    var offset = 0
    for (part, start) in zip(parts, starts) {
      for bin in 0..<bins.count {
        for entry in 0..<part.width {
          let (from, to) = (bin * part.width + entry, bin * width + offset + entry)
          rows.weights[to] = part.weights[from] + UInt32(start)
          rows.factors[to] = part.factors[from]
        }
      }
      offset += part.width
    }
    return rows
  }
}

extension SparseRowBlock {
  /// Calls a function with every value that is not 0, entries of one column and bin added up.
  func forEachValue(columns: Int, _ body: (_ bin: Int, _ column: Int, _ value: Double) -> Void) {
    var sums = [Double](repeating: 0, count: columns)
    for bin in 0..<binCount {
      let entries = bin * width..<(bin + 1) * width
      for entry in entries { sums[Int(weights[entry])] += factors[entry] }
      for entry in entries {
        let column = Int(weights[entry])
        if sums[column] != 0 { body(bin, column, sums[column]) }
        sums[column] = 0
      }
    }
  }

  /// Adds Σ factor · weight to each bin's value.
  func addProducts(_ coefficients: ArraySlice<Double>, to values: UnsafeMutablePointer<Double>) {
    coefficients.withUnsafeBufferPointer { coefficients in
      guard let coefficients = coefficients.baseAddress else { return }
      spiking_add_rows(Int64(binCount), Int64(width), weights, factors, coefficients, values)
    }
  }

  /// Adds to the sum of each column Σ factor · value over the bins.
  func addSums(of values: UnsafePointer<Double>, to sums: inout [Double]) {
    spiking_collect_rows(Int64(binCount), Int64(width), weights, factors, values, &sums)
  }

  /// Adds Σ weight · factor · factor over the bins to the products of columns.
  func addProducts(weighted weights: [Double], to products: inout SymmetricMatrix) {
    spiking_row_products(
      Int64(binCount), Int64(width), self.weights, factors, weights, Int64(products.order),
      &products.entries)
  }
}
