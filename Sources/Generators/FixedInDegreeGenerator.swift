public import SpikingFramework

/// Networks with a fixed in-degree: each neuron receives synapses from the same number of others, chosen
/// from all with the same probability and without repetition.
///
/// The out-degrees are binomial, B(N − 1, k / (N − 1)). (Brunel 2000 uses a fixed in-degree.) All
/// weights are 1. Takes time and memory for the synapses alone.
public struct FixedInDegreeGenerator: RowGenerator, Hashable {
  /// The number of neurons.
  public var neurons: Int
  /// k, the number of sources of each neuron.
  public var degree: Int

  /// A generator; by default with 10 sources for each neuron.
  public init(neurons: Int, degree: Int = 10) {
    self.neurons = neurons
    self.degree = degree
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("neurons", &neurons, in: .neuronCount)
    visit("degree", &degree, in: .count)
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    try requireLess(degree, than: neurons, "degree", of: Self.self)
  }

  public func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
    // Stream j draws the sources of neuron j.
    try chosenRows(neurons: neurons, degree: degree, random: random, threads: threads)
      .transposed(threads: threads)
  }
}
