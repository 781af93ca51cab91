/// The variance of sums of a series whose terms are correlated, from the series itself: the sum of
/// its autocovariances over all lags,
///
///     V = γ₀ + 2 Σ_{k ≥ 1} γ_k,   Var(x₁ + … + x_n) → n V,
///
/// by Geyer's initial monotone sequence (1992, Stat Sci 7:473): sums of two, γ₂ₘ + γ₂ₘ₊₁, are added
/// as long as they are positive, each at most as large as the one before. What is beyond is noise.
/// Where activity oscillates, the sequence ends with the first half of a period, on the safe side.
struct LongRunVariance {
  /// V, of as many independent series as there were, added.
  let value: Double
  /// V / γ₀, in terms: of so many one is worth an independent one; 0 where nothing varies.
  let correlationTime: Double
  /// The lag from which on no correlation was found, in terms.
  let memory: Int

  /// - Parameter series: independent series of one length.
  /// - Complexity: O(terms · memory).
  init(of series: [[Double]]) {
    let count = series.first?.count ?? 0
    let deviations = series.map { values in
      let mean = values.reduce(0, +) / Double(count)
      return values.map { $0 - mean }
    }
    func autocovariance(_ lag: Int) -> Double {
      deviations.reduce(0) { sum, values in
        (lag..<max(count, lag)).reduce(sum) { $0 + values[$1] * values[$1 - lag] }
      } / Double(max(count, 1))
    }
    let variance = autocovariance(0)
    var (pairs, sum, least) = (0, 0.0, Double.infinity)
    // More than half of the lags tell nothing but that deviations add up to 0.
    while 2 * (4 * pairs + 3) <= count {
      let pair = autocovariance(2 * pairs) + autocovariance(2 * pairs + 1)
      if pair <= 0 { break }
      least = min(least, pair)
      sum += least
      pairs += 1
    }
    // The deviations are from the mean of the series: each autocovariance is too small by V / n.
    let lags = max(4 * pairs - 1, 1)
    let total = pairs == 0 ? variance : max(2 * sum - variance, 0)
    value = count > 1 ? total * Double(count) / Double(count - lags) : 0
    correlationTime = variance > 0 ? value / variance : 0
    memory = 2 * pairs
  }
}
