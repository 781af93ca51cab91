public import SpikingFramework

/// How well evidence tell two classes apart, such as pairs of neurons with and without a synapse: what
/// fraction of each is at or above every threshold (Green and Swets 1966; Fawcett 2006, Pattern
/// Recognit Lett 27:861).
public struct ReceiverOperatingCharacteristic: Codable, Hashable, Sendable {
  /// What a threshold does.
  public struct Point: Codable, Hashable, Sendable {
    /// The lowest value that is called positive; infinite at the first point, where none is.
    public let threshold: Double
    /// The fraction of the negatives that are called positive.
    public let falsePositiveRate: Double
    /// The fraction of the positives that are called positive.
    public let truePositiveRate: Double
  }

  /// The number of positives.
  public let positives: Int
  /// The number of negatives.
  public let negatives: Int
  /// The curve from (0, 0) to (1, 1), a point for each value that occurs; empty where a class is.
  public let curve: [Point]
  /// The area under the curve: the probability that a positive has a higher value than a negative,
  /// ties counted half (Mann and Whitney's U over the number of pairs); nil where a class is empty.
  public let area: Double?

  /// The characteristic of evidence, higher for what is called positive, given what is.
  ///
  /// - Throws: `invalidData` where there are not as many truths as evidence, or a value is NaN.
  /// - Complexity: O(n log n).
  public init(evidence: [Double], truth: [Bool]) throws(SpikingError) {
    guard evidence.count == truth.count else {
      throw SpikingError(
        .invalidData, "evidence", found: "\(evidence.count) evidence, \(truth.count) truths",
        expected: "as many of each")
    }
    if let index = evidence.firstIndex(where: \.isNaN) {
      throw SpikingError(.invalidData, "evidence[\(index)]", found: "nan", expected: "a number")
    }
    let positives = truth.count(where: \.self)
    let negatives = truth.count - positives
    self.positives = positives
    self.negatives = negatives
    guard positives > 0, negatives > 0 else {
      curve = []
      area = nil
      return
    }
    var curve = [Point(threshold: .infinity, falsePositiveRate: 0, truePositiveRate: 0)]
    var (above, pairs) = ((true: 0, false: 0), 0.0)
    let descending = evidence.indices.sorted { evidence[$0] > evidence[$1] }
    var place = 0
    while place < descending.count {
      let value = evidence[descending[place]]
      var equal = (true: 0, false: 0)
      while place < descending.count, evidence[descending[place]] == value {
        if truth[descending[place]] { equal.true += 1 } else { equal.false += 1 }
        place += 1
      }
      // Half numbers below 2⁵², so that the sum is exact.
      pairs += Double(equal.false) * (Double(above.true) + Double(equal.true) / 2)
      above = (above.true + equal.true, above.false + equal.false)
      curve.append(
        Point(
          threshold: value, falsePositiveRate: Double(above.false) / Double(negatives),
          truePositiveRate: Double(above.true) / Double(positives)))
    }
    self.curve = curve
    area = pairs / (Double(positives) * Double(negatives))
  }
}

extension ReceiverOperatingCharacteristic: CustomStringConvertible {
  /// "120 positives, 2330 negatives, area 0.932".
  public var description: String {
    "\(counted(positives, "positive")), \(counted(negatives, "negative"))"
      + (area.map { ", area \(brief($0, digits: 3))" } ?? "")
  }
}
