extension ClosedRange<Double> {
  /// From the earlier start to the later end.
  package func joined(_ other: ClosedRange<Double>?) -> ClosedRange<Double> {
    guard let other else { return self }
    return Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }

  /// Whether two spans of time, in ms, must count from different origins: they are further apart than ten
  /// times their length, and ten minutes. Moments tell nothing.
  package func isOnAnotherClock(than other: ClosedRange<Double>) -> Bool {
    let gap = Swift.max(lowerBound - other.upperBound, other.lowerBound - upperBound)
    let length = (upperBound - lowerBound) + (other.upperBound - other.lowerBound)
    return length > 0 && gap > Swift.max(10 * length, 600_000)
  }
}
