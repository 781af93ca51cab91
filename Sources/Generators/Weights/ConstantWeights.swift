public import SpikingFramework

/// Synapses that are all as strong.
public struct ConstantWeights: WeightDistribution, Hashable {
  /// The strength of each.
  public var weight: Double

  /// Synapses of one strength.
  public init(weight: Double = 1) { self.weight = weight }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("weight", &weight, in: .positive)
  }

  public func weight(using random: inout RandomStream) -> Double { weight }
}
