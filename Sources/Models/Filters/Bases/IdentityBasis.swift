public import SpikingFramework

/// A function for every lag, 1 there and 0 elsewhere: the weights are the filter itself.
///
///     b_j(lag) = 1 for lag = j, else 0
///
/// For short windows and much data; elsewhere a penalty or a smooth basis is better.
public struct IdentityBasis: Basis, Hashable {
  public var window: Int

  public var count: Int { window }

  /// A function for each of `window` bins.
  public init(window: Int) { self.window = window }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("window", &window, in: .basisCount(), unit: .bins)
  }

  public func functions() -> [[Double]] {
    (0..<window).map { lag in (0..<window).map { $0 == lag ? 1 : 0 } }
  }
}
