public import SpikingFramework

/// Boxes that divide the window: each lag belongs to one function, which is 1 there.
///
///     b_j(lag) = 1 for ⌊j K/B⌋ ≤ lag < ⌊(j + 1) K/B⌋, else 0
///
/// Their lengths differ by at most one bin. The weights are a filter in steps, the histogram among
/// bases: no assumption but the resolution.
public struct BoxcarBasis: ContinuousBasis, Hashable {
  public var count: Int
  public var window: Int

  /// `count` boxes, at most as many as lags, over `window` bins.
  public init(count: Int, window: Int) {
    self.count = count
    self.window = window
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("count", &count, in: .basisCount())
    visit("window", &window, in: .basisWindow())
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    guard count <= window else {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).count", found: count,
        expected: "at most the number of lags, \(window)")
    }
  }

  public func functions() -> [[Double]] {
    var functions = [[Double]](
      repeating: Array(repeating: 0, count: count), count: window)
    for box in 0..<count {
      for lag in box * window / count..<(box + 1) * window / count { functions[lag][box] = 1 }
    }
    return functions
  }

  public func values(at position: Double) -> [Double] {
    var values = [Double](repeating: 0, count: count)
    forEachValue(at: position) { values[$0] = $1 }
    return values
  }

  public func forEachValue(at position: Double, _ body: (_ function: Int, _ value: Double) -> Void)
  {
    body(min(max(Int(position * Double(count)), 0), count - 1), 1)
  }
}
