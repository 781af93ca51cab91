/// Parts of a recording in bins, such as trials: ranges that ascend and are apart from each other.
public enum Segments {
  /// The bins in which all of some series have a value: NaN stands for none, as
  /// `TimeSeries.sampled(binWidth:start:binCount:)` gives it.
  ///
  /// A fit in these segments evaluates no bin whose filters reach a bin without a value: the first bins of each
  /// segment, as many as the longest filter reaches back, are left out.
  ///
  /// - Parameters:
  ///   - series: each with a value for each bin, further ones do not count.
  ///   - binCount: the number of bins.
  /// - Complexity: O(series × bins).
  public static func withValues(of series: [[Double]], binCount: Int) -> [Range<Int>] {
    var hasValue = [Bool](repeating: true, count: binCount)
    for values in series {
      for bin in 0..<binCount where bin >= values.count || values[bin].isNaN {
        hasValue[bin] = false
      }
    }
    return bins(where: hasValue)
  }

  /// The bins for which something holds, of which there is a truth value for each.
  public static func bins(where holds: [Bool]) -> [Range<Int>] {
    var segments: [Range<Int>] = []
    var start = 0
    for bin in 0...holds.count where bin == holds.count || !holds[bin] {
      if start < bin { segments.append(start..<bin) }
      start = bin + 1
    }
    return segments
  }

  /// The bins that lie in a segment of both of two lists.
  public static func intersection(
    _ left: [Range<Int>], _ right: [Range<Int>]
  ) -> [Range<Int>] {
    var (first, second) = (0, 0)
    var common: [Range<Int>] = []
    while first < left.count, second < right.count {
      let both = left[first].clamped(to: right[second])
      if !both.isEmpty { common.append(both) }
      if left[first].upperBound < right[second].upperBound { first += 1 } else { second += 1 }
    }
    return common
  }
}
