/// The bins of a histogram as they are drawn: of more than there is room for, several that adjoin
/// become one, or all that is seen is a smear.
struct DrawnBins {
  /// The edges of the drawn bins; the last bin is narrower where the number does not divide.
  let edges: [Double]
  /// How many bins of the histogram a drawn one is.
  let size: Int

  /// The most bins that are drawn: each is then some 5 pixels wide.
  private static let maximum = 250

  /// The drawing of bins with these edges.
  init(edges: [Double]) {
    let count = max(edges.count - 1, 0)
    let size = max(1, (count + Self.maximum - 1) / Self.maximum)
    self.size = size
    self.edges = stride(from: 0, to: count, by: size).map { edges[$0] } + edges.suffix(1)
  }

  /// The width of a drawn bin.
  var width: Double { edges.count > 1 ? edges[1] - edges[0] : 0 }

  /// The width of each of them.
  var widths: [Double] { zip(edges, edges.dropFirst()).map { $1 - $0 } }

  /// What the bins of the histogram hold, added up.
  func sums<Value: AdditiveArithmetic>(_ values: [Value]) -> [Value] {
    stride(from: 0, to: values.count, by: size).map { first in
      values[first..<min(first + size, values.count)].reduce(.zero, +)
    }
  }

  /// The width in pixels of a line that jumps at the edges.
  var lineWidth: Double { edges.count > 120 ? 3 : 5 }
}
