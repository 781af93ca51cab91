public import SpikingFramework

/// Strengths that are uniform between two bounds.
public struct UniformWeights: WeightDistribution, Hashable {
  /// The lower bound.
  public var low: Double
  /// The upper bound.
  public var high: Double

  /// Strengths from `low` to `high`.
  public init(low: Double = 0, high: Double = 1) {
    self.low = low
    self.high = high
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("low", &low, in: .nonnegative)
    visit("high", &high, in: .positive)
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    guard low < high else {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).low", found: low, expected: "less than high (\(high))")
    }
  }

  public func weight(using random: inout RandomStream) -> Double {
    low + (high - low) * random.uniform()
  }
}
