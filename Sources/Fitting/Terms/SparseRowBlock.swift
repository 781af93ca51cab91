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

  fileprivate init(binCount: Int, width: Int, weights: [UInt32], factors: [Double]) {
    self.binCount = binCount
    self.width = width
    self.weights = weights
    self.factors = factors
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
    var builder = SparseRowBuilder()
    for row in entries {
      for entry in row { builder.add(entry.weight, factor: entry.factor) }
      builder.endRow()
    }
    self = builder.block
  }
}

/// Puts rows together, entry after entry.
struct SparseRowBuilder {
  private var weights: [UInt32] = []
  private var factors: [Double] = []
  /// Where each row ends.
  private var ends: [Int] = []

  /// Adds an entry to the row that is being made.
  mutating func add(_ weight: Int, factor: Double) {
    weights.append(UInt32(weight))
    factors.append(factor)
  }

  /// Ends a row, which so many bins have, one after the other.
  mutating func endRow(bins: Int = 1) {
    let row = (ends.last ?? 0)..<weights.count
    ends.append(row.upperBound)
    for _ in 1..<max(bins, 1) {
      // Entry by entry: a slice would hold the array, which were then copied.
      for entry in row {
        weights.append(weights[entry])
        factors.append(factors[entry])
      }
      ends.append(weights.count)
    }
  }

  /// The rows that were ended.
  var block: SparseRowBlock {
    var width = 0
    var start = 0
    for end in ends {
      width = max(width, end - start)
      start = end
    }
    if ends.count * width == weights.count {
      return SparseRowBlock(
        binCount: ends.count, width: width, weights: weights, factors: factors)
    }
    var block = SparseRowBlock(binCount: ends.count, width: width)
    start = 0
    for (row, end) in ends.enumerated() {
      for entry in start..<end {
        block.weights[row * width + entry - start] = weights[entry]
        block.factors[row * width + entry - start] = factors[entry]
      }
      start = end
    }
    return block
  }
}
