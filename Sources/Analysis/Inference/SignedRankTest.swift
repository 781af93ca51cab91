internal import SpikingFramework
internal import SpikingNumerics

/// Whether paired differences are larger than 0 by more than chance: Wilcoxon's signed-rank test, one-sided.
///
/// W is the sum of the ranks of |d| over the positive d; differences of 0 say nothing, and equal ones share their mean rank.
/// If signs are as likely to be one as the other, each of the 2ⁿ choices of signs is as likely, from which the probability
/// follows exactly; of more than fifty differences from the normal distribution with mean ½ Σ rank and variance ¼ Σ rank².
/// (Wilcoxon 1945, Biometrics Bulletin 1:80; Pratt and Gibbons 1981, Concepts of Nonparametric Theory, §3.)
public struct SignedRankTest: Codable, Hashable, Sendable {
  /// W.
  public let statistic: Double
  /// How many differences are not 0.
  public let count: Int
  /// The probability of a W at least as large, were the differences symmetric about 0; 1 where there are none.
  public let pValue: Double

  private static let largestExactCount = 50

  /// The test of some differences; those that are not a number are left out, as those of two impossible outcomes.
  ///
  /// - Complexity: O(n log n), and O(n³) for up to fifty.
  public init(_ differences: [Double]) {
    let differences = differences.filter { $0 != 0 && !$0.isNaN }
    let ranks = Self.doubledRanks(differences.map(\.magnitude))
    let positive = zip(differences, ranks).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
    count = differences.count
    statistic = Double(positive) / 2
    pValue =
      count <= Self.largestExactCount
      ? Self.exactTail(positive, ranks) : Self.normalTail(Double(positive), ranks.map(Double.init))
  }

  /// Twice the mean rank of each value: whole numbers.
  private static func doubledRanks(_ values: [Double]) -> [Int] {
    var ranks = [Int](repeating: 0, count: values.count)
    let ascending = values.indices.sorted { values[$0] < values[$1] }
    var first = 0
    while first < ascending.count {
      var end = first + 1
      while end < ascending.count, values[ascending[end]] == values[ascending[first]] { end += 1 }
      // The ranks first + 1 to end.
      for place in first..<end { ranks[ascending[place]] = first + 1 + end }
      first = end
    }
    return ranks
  }

  /// The fraction of all choices of signs whose positive ranks add up to at least so much.
  private static func exactTail(_ statistic: Int, _ ranks: [Int]) -> Double {
    let total = ranks.reduce(0, +)
    var choices = [Double](repeating: 0, count: total + 1)
    choices[0] = 1
    for rank in ranks {
      for sum in stride(from: total, through: rank, by: -1) { choices[sum] += choices[sum - rank] }
    }
    return choices[statistic...].reduce(0, +) / choices.reduce(0, +)
  }

  /// The same in the limit of many, corrected for the steps of W by ½.
  private static func normalTail(_ statistic: Double, _ ranks: [Double]) -> Double {
    let mean = ranks.reduce(0, +) / 2
    let deviation = (ranks.reduce(0) { $0 + $1 * $1 } / 4).squareRoot()
    // Ranks are doubled, and so is the correction.
    return SpecialFunctions.normalCumulative((mean + 1 - statistic) / deviation)
  }
}

extension SignedRankTest: CustomStringConvertible {
  /// "W = 52 of 10 differences, p = 0.0049".
  public var description: String {
    "W = \(brief(statistic)) of \(counted(count, "difference")), p = \(brief(pValue, digits: 2))"
  }
}
