public import SpikingFramework
internal import SpikingNumerics

/// Delays that are uniform among the whole numbers of bins from `minimum` to `maximum`.
public struct UniformDelays: DelayRule, Hashable {
  /// The shortest delay in bins.
  public var minimum: Int
  /// The longest delay in bins.
  public var maximum: Int

  /// Delays from `minimum` to `maximum` bins, both included.
  public init(minimum: Int = 1, maximum: Int = 10) {
    self.minimum = minimum
    self.maximum = maximum
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("minimum", &minimum, in: .delay)
    visit("maximum", &maximum, in: .delay)
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    guard minimum <= maximum else {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).minimum", found: minimum,
        expected: "at most maximum (\(maximum))")
    }
  }

  public func delay(
    from source: Int, to target: Int, neurons: Int, using random: inout RandomStream
  ) -> Int {
    minimum + random.uniform(below: maximum - minimum + 1)
  }
}
