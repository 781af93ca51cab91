/// How the strengths of synapses are distributed: positive weights, to which
/// `WeightedGenerator` gives the signs of their neurons.
///
/// ```swift
/// struct ExponentialWeights: WeightDistribution {
///   var mean = 1.0
///
///   mutating func visitParameters(_ visit: inout some ParameterVisitor) {
///     visit("mean", &mean, in: .positive)
///   }
///
///   func weight(using random: inout RandomStream) -> Double { random.exponential(mean: mean) }
/// }
/// ```
public protocol WeightDistribution: Parameterized, Sendable {
  /// The strength of one synapse, above 0. The parameters are valid.
  func weight(using random: inout RandomStream) -> Double
}
