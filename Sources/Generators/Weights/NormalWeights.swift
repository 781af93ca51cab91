public import SpikingFramework
internal import SpikingNumerics

/// Normal strengths, N(`mean`, `std`²), under the condition that they are above 0.
public struct NormalWeights: WeightDistribution, Hashable {
  /// The mean, before the condition.
  public var mean: Double
  /// The standard deviation, before the condition.
  public var std: Double

  /// Normal strengths; by default half-normal ones.
  public init(mean: Double = 0, std: Double = 1) {
    self.mean = mean
    self.std = std
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("mean", &mean, in: .real)
    visit("std", &std, in: .positive)
  }

  public func weight(using random: inout RandomStream) -> Double {
    random.normal(mean: mean, standardDeviation: std, above: 0)
  }
}
