/// Rows of some bins, of as many entries each: which weights act there, and by what factor.
public struct SparseRowBlock: Sendable {
  /// The number of bins.
  public let binCount: Int
  /// The number of entries of a row; those that are not needed have the factor 0.
  public let width: Int
  /// The number of each entry's weight, row after row.
  public var weights: [UInt32]
  /// What it is multiplied with.
  public var factors: [Double]

  /// Rows of which every entry is 0.
  public init(binCount: Int, width: Int) {
    self.binCount = binCount
    self.width = width
    weights = Array(repeating: 0, count: binCount * width)
    factors = Array(repeating: 0, count: binCount * width)
  }

  /// The rows of several blocks, one after the other.
  init(joining blocks: [SparseRowBlock]) {
    if blocks.count == 1 {
      self = blocks[0]
      return
    }
    self.init(
      binCount: blocks.reduce(0) { $0 + $1.binCount }, width: blocks.map(\.width).max() ?? 0)
    var row = 0
    for block in blocks {
      for bin in 0..<block.binCount {
        for entry in 0..<block.width {
          weights[row * width + entry] = block.weights[bin * block.width + entry]
          factors[row * width + entry] = block.factors[bin * block.width + entry]
        }
        row += 1
      }
    }
  }

  /// Rows of the entries of each bin, which may be more in some than in others.
  public init(_ entries: [[(weight: Int, factor: Double)]]) {
    self.init(binCount: entries.count, width: entries.map(\.count).max() ?? 0)
    for (row, entries) in entries.enumerated() {
      for (place, entry) in entries.enumerated() {
        weights[row * width + place] = UInt32(entry.weight)
        factors[row * width + place] = entry.factor
      }
    }
  }
}
