public import SpikingFramework

/// A ring of neurons in which near ones are more likely to be connected.
///
///     p(d) = peak · e^{−d / length},  d = min(|i − j|, N − |i − j|)
///
/// is the probability of a synapse from i to j ≠ i, the exponential distance rule of cortex
/// (Ercsey-Ravasz et al. 2013). All weights are 1. Takes time and memory for the synapses alone.
public struct RingDistanceGenerator: RowGenerator, Hashable {
  /// N, the number of neurons on the ring.
  public var neurons: Int
  /// The probability at distance 0.
  public var peak: Double
  /// The distance in neurons over which the probability falls to 1/e.
  public var length: Double

  /// A ring; by default with about ten synapses for each neuron.
  public init(neurons: Int, peak: Double = 0.5, length: Double = 10) {
    self.neurons = neurons
    self.peak = peak
    self.length = length
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("neurons", &neurons, in: .neuronCount)
    visit("peak", &peak, in: .fraction)
    visit("length", &length, in: .positive, unit: .neurons)
  }

  public func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
    let (neurons, peak, length) = (neurons, peak, length)
    // One further, one back, two further, …
    let probabilities = (0..<neurons - 1).map { position in
      decay(Double(position / 2 + 1), peak: peak, length: length)
    }
    return try distanceRows(
      neurons: neurons, probabilities: probabilities, random: random, threads: threads
    ) { source, position in
      let offset = position / 2 + 1
      return (position.isMultiple(of: 2) ? source + offset : source + neurons - offset) % neurons
    }
  }
}
