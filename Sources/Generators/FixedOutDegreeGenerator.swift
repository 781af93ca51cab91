public import SpikingFramework

/// Networks with a fixed out-degree: each neuron has synapses onto the same number of others, chosen
/// from all with the same probability and without repetition.
///
/// The in-degrees are binomial, B(N − 1, k / (N − 1)). (Brunel 2000 uses a fixed in-degree.) All
/// weights are 1. Takes time and memory for the synapses alone.
public struct FixedOutDegreeGenerator: RowGenerator, Hashable {
  /// The number of neurons.
  public var neurons: Int
  /// k, the number of targets of each neuron.
  public var degree: Int

  /// A generator; by default with 10 targets for each neuron.
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
    try chosenRows(neurons: neurons, degree: degree, random: random, threads: threads)
  }
}

/// Rows of `degree` targets each, row i from stream i of `random`.
func chosenRows(
  neurons: Int, degree: Int, random: RandomSource, threads: Int
) throws(SpikingError) -> SparseRows {
  let capacity = try synapseCapacity(
    neurons: neurons, expected: Double(neurons) * Double(degree))
  return SparseRows(neuronCount: neurons, capacity: capacity, threads: threads) { sources, rows in
    var chosen = TargetSet(neurons: neurons)
    for source in sources {
      var stream = random.stream(source)
      chosen.insert(degree, below: neurons, except: source, using: &stream)
      chosen.endRow(of: &rows)
    }
  }
}
