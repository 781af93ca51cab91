/// A value for each bin. Where it stays the same over many, as that of a slowly sampled covariate in narrow bins does, it is
/// there once.
struct RunValues: Sendable {
  /// Where each run ends; empty where each bin has its own value.
  private var ends: [UInt32] = []
  private var values: [Double]

  init(_ values: [Double]) {
    var (ends, distinct): ([UInt32], [Double]) = ([], [])
    for (bin, value) in values.enumerated() {
      if let last = distinct.last, last.bitPattern == value.bitPattern {
        ends[ends.count - 1] = UInt32(bin + 1)
      } else {
        // Runs take one and a half times as much as values.
        if 2 * distinct.count > values.count {
          self.values = values
          return
        }
        ends.append(UInt32(bin + 1))
        distinct.append(value)
      }
    }
    (self.ends, self.values) = (ends, distinct)
  }

  /// Calls `body` with each value in some of the bins, and how many of these have it one after the other. Bins at the end
  /// that there are not have none: NaN.
  func forEachRun(in bins: Range<Int>, _ body: (_ value: Double, _ count: Int) -> Void) {
    var bin = bins.lowerBound
    if ends.isEmpty {
      while bin < min(bins.upperBound, values.count) {
        body(values[bin], 1)
        bin += 1
      }
    } else {
      var run = ends.firstPosition { Int($0) > bin }
      while run < ends.count, bin < bins.upperBound {
        let end = min(Int(ends[run]), bins.upperBound)
        body(values[run], end - bin)
        bin = end
        run += 1
      }
    }
    if bin < bins.upperBound { body(.nan, bins.upperBound - bin) }
  }
}
