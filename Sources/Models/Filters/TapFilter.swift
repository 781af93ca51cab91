public import SpikingFramework

/// A filter given by its weights, one for each lag. The empty one is no filter at all.
public struct TapFilter: TemporalFilter, Hashable {
  /// The weights at lag 1, 2, ….
  public var weights: [Double]

  /// The filter of these weights.
  public init(_ weights: [Double] = []) { self.weights = weights }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("weights", &weights, in: .real)
  }

  public func taps(dt: Double) -> [Double] { weights }
}
