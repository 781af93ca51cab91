public import SpikingFramework

/// Columns of which each bin meets a few, such as the functions of a basis near the value of a covariate.
public struct SparseColumns: Sendable {
  /// How the weights are arranged: the last axis runs fastest. Their number is the product of the lengths.
  public var axes: [TermAxis]
  /// Whether the columns add up to 1 in every bin, as those of B-splines and of categories do, so that they cannot be told
  /// from the baseline. Where no penalty decides, the weights are then those whose part of the drive is 0 on average.
  public var sumToOne: Bool
  /// The bins in which there is a value; the others are not evaluated. Nil for all.
  public var definedBins: [Range<Int>]?
  /// What was left out of what the recording has, a line each.
  public var notices: [String]
  /// The rows of a range of bins.
  public var rows: @Sendable (Range<Int>) -> SparseRowBlock

  /// Columns whose rows a function gives. It is called for ranges of a few thousand bins, more than once and from several
  /// threads.
  public init(
    axes: [TermAxis], sumToOne: Bool = false, definedBins: [Range<Int>]? = nil,
    notices: [String] = [], rows: @escaping @Sendable (Range<Int>) -> SparseRowBlock
  ) {
    self.axes = axes
    self.sumToOne = sumToOne
    self.definedBins = definedBins
    self.notices = notices
    self.rows = rows
  }

  /// The number of columns.
  public var count: Int { axes.reduce(1) { $0 * $1.count } }
}

/// One direction in which weights are arranged.
public struct TermAxis: Hashable, Codable, Sendable {
  /// The number of weights along it.
  public let count: Int
  /// Whether the last is next to the first.
  public let isCyclic: Bool
  /// Whether neighbours are alike, so that a penalty may ask for smoothness: not along categories.
  public let isOrdered: Bool

  /// An axis of a length.
  public init(count: Int, isCyclic: Bool = false, isOrdered: Bool = true) {
    self.count = count
    self.isCyclic = isCyclic
    self.isOrdered = isOrdered
  }
}

extension SparseColumns {
  /// The part of the drive of some weights, Σ weight · column, in each of so many bins; 0 where it is not defined.
  ///
  /// - Precondition: there is a weight for each column.
  public func drive(_ weights: [Double], binCount: Int) -> [Double] {
    precondition(weights.count == count, "a weight for each column")
    var drive: [Double] = []
    drive.reserveCapacity(binCount)
    for start in stride(from: 0, to: binCount, by: 4096) {
      let rows = rows(start..<min(start + 4096, binCount))
      for bin in 0..<rows.binCount {
        drive.append(
          (bin * rows.width..<(bin + 1) * rows.width).reduce(0) {
            $0 + rows.factors[$1] * weights[Int(rows.weights[$1])]
          })
      }
    }
    return drive
  }

  /// The products of each of these columns with each of others: the axes of the others come behind.
  ///
  /// Where both add up to 1, so do the products.
  ///
  /// - Throws: `invalidParameter` for more than a million of them.
  public func multiplied(by other: SparseColumns) throws(SpikingError) -> SparseColumns {
    guard Double(count) * Double(other.count) <= 1e6 else {
      throw SpikingError(
        .invalidParameter, "product", found: "\(count) × \(other.count) functions",
        expected: "at most a million")
    }
    let count = UInt32(other.count)
    let (first, second) = (rows, other.rows)
    return SparseColumns(
      axes: axes + other.axes, sumToOne: sumToOne && other.sumToOne,
      definedBins: definedBins.map { own in
        other.definedBins.map { Segments.intersection(own, $0) } ?? own
      } ?? other.definedBins, notices: notices + other.notices
    ) { bins in
      let (left, right) = (first(bins), second(bins))
      var products = SparseRowBlock(binCount: bins.count, width: left.width * right.width)
      var place = 0
      for bin in 0..<bins.count {
        for one in bin * left.width..<(bin + 1) * left.width {
          for other in bin * right.width..<(bin + 1) * right.width {
            products.weights[place] = left.weights[one] * count + right.weights[other]
            products.factors[place] = left.factors[one] * right.factors[other]
            place += 1
          }
        }
      }
      return products
    }
  }
}
