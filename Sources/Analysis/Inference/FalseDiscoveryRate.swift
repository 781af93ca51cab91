public import SpikingFramework

/// Many tests at once: p-values that keep the fraction of false ones among the discoveries in
/// bounds (Benjamini and Hochberg 1995, J R Stat Soc B 57:289).
public enum FalseDiscoveryRate {
  /// The adjusted p-values, in the order given: those at or below q are the discoveries of which at
  /// most a fraction q is false on average, for tests that are independent or positively dependent.
  ///
  /// With the p-values in ascending order, p₍ₖ₎ becomes min over j ≥ k of m p₍ⱼ₎/j, at most 1.
  ///
  /// - Throws: `invalidData` for a p-value that is not a number from 0 to 1.
  /// - Complexity: O(m log m).
  public static func adjusted(_ pValues: [Double]) throws(SpikingError) -> [Double] {
    if let index = pValues.firstIndex(where: { !(0...1 ~= $0) }) {
      throw SpikingError(
        .invalidData, "p-values[\(index)]", found: pValues[index], expected: "0 to 1")
    }
    var adjusted = pValues
    var least = 1.0
    let descending = pValues.indices.sorted { pValues[$0] > pValues[$1] }
    for (larger, index) in descending.enumerated() {
      let rank = pValues.count - larger
      least = min(least, pValues[index] * (Double(pValues.count) / Double(rank)))
      adjusted[index] = least
    }
    return adjusted
  }
}
