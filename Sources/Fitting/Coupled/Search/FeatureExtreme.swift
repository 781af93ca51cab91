/// The least and the largest value of a column.
struct FeatureExtreme {
  /// In bins without spikes and with.
  var least = SIMD2(Double.infinity, .infinity)
  var largest = SIMD2(-Double.infinity, -.infinity)

  var range: Double {
    let range = largest.max() - least.min()
    return range.isFinite ? range : 0
  }

  mutating func add(_ value: Double, toBinWithSpikes hasSpikes: Bool) {
    let kind = hasSpikes ? 1 : 0
    least[kind] = min(least[kind], value)
    largest[kind] = max(largest[kind], value)
  }

  func separation(of column: Int, saturates: Bool) -> HeldColumns.Separation? {
    if range == 0 { return nil }
    // Where all bins with spikes lie at one edge, those elsewhere have none; and the other way round.
    for (own, count) in [(1, 0), (0, 1)] where count == 0 || saturates {
      guard largest[own] - least[own] <= 1e-9 * range else { continue }
      let isLeast = least[own] - least.min() <= 1e-9 * range
      guard isLeast || largest.max() - largest[own] <= 1e-9 * range else { continue }
      let direction: Double = isLeast == (count == 0) ? -1 : 1
      return HeldColumns.Separation(
        column: column, direction: direction, edge: isLeast ? least.min() : largest.max(),
        count: count, value: direction * HeldColumns.exponent / range)
    }
    return nil
  }
}
