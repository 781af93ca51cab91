public import SpikingFramework

/// Erdős–Rényi networks: each ordered pair i ≠ j is connected with the same probability,
/// independently.
///
/// In- and out-degrees are binomial, B(N − 1, p). (Gilbert 1959, "Random graphs"; Erdős and Rényi
/// 1959.) All weights are 1. Takes time and memory for the synapses alone.
public struct ErdosRenyiGenerator: RowGenerator, Hashable {
  /// The number of neurons.
  public var neurons: Int
  /// p, the probability of a synapse.
  public var probability: Double

  /// A generator; by default of networks in which a tenth of the pairs are connected.
  public init(neurons: Int, probability: Double = 0.1) {
    self.neurons = neurons
    self.probability = probability
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("neurons", &neurons, in: .neuronCount)
    visit("probability", &probability, in: .fraction)
  }

  public func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
    try randomRows(
      neurons: neurons, probability: probability, random: random, threads: threads
    ) { _, _ in 1 }
  }
}
