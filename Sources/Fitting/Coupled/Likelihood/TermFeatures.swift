/// The columns of all terms together, of which each bin meets a few.
///
/// The rows of all terms are joined, block after block, and kept where they take up to a tenth of a gigabyte; beyond, they are
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
  private var kept: [TermRows] = []

  private static let maximumKept = 100_000_000

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
    var bytes = 0
    var blocks: [TermRows] = []
    for block in self.blocks {
      let rows = joinedRows(block)
      bytes += rows.byteCount
      if bytes <= Self.maximumKept { blocks.append(rows) }
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
    if bytes <= Self.maximumKept { kept = blocks }
  }

  /// The rows of a block.
  func rows(ofBlock number: Int) -> TermRows {
    kept.isEmpty ? joinedRows(blocks[number]) : kept[number]
  }

  private func joinedRows(_ bins: Range<Int>) -> TermRows {
    let parts = sources.map { $0(bins) }
    if parts.count == 1 { return TermRows(parts[0]) }
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
    return TermRows(rows)
  }
}
