public import SpikingFramework

/// A basis of one function, a filter of known shape: a fit estimates only its strength.
///
///     b_0(lag) = taps(dt)_lag, 0 beyond the last
///
/// With the coupling filter of a model, the weight of a pair is its synaptic weight.
public struct FilterBasis<Filter: TemporalFilter>: Basis {
  /// The filter.
  public var filter: Filter
  public var window: Int
  /// The width of a bin in ms.
  public var dt: Double

  public var count: Int { 1 }

  /// The first `window` taps of `filter` in bins of `dt` ms.
  public init(_ filter: Filter, window: Int, dt: Double) {
    self.filter = filter
    self.window = window
    self.dt = dt
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("filter", &filter)
    visit("window", &window, in: .basisWindow())
    visit("dt", &dt, in: .positive, unit: .milliseconds)
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    try filter.validate()
    let taps = functions().joined()
    guard taps.allSatisfy(\.isFinite), taps.contains(where: { $0 != 0 }) else {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).filter", found: "\(taps.prefix(4).map { $0 }) …",
        expected: "finite numbers, not all of them zero")
    }
  }

  public func functions() -> [[Double]] {
    let taps = filter.taps(dt: dt)
    return (0..<window).map { [$0 < taps.count ? taps[$0] : 0] }
  }
}

extension FilterBasis: Equatable where Filter: Equatable {}
extension FilterBasis: Hashable where Filter: Hashable {}
