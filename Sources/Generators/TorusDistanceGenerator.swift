public import SpikingFramework

/// A square sheet of neurons without edges in which near ones are more likely to be connected.
///
///     p(d) = peak · e^{−d / length},  d² = Δx² + Δy²,  Δx, Δy ≤ √N / 2 round the torus
///
/// is the probability of a synapse from i to j ≠ i. Neuron i stands at x = i mod √N, y = ⌊i / √N⌋. All
/// weights are 1. Takes time and memory for the synapses alone, after sorting the N distances.
public struct TorusDistanceGenerator: RowGenerator, Hashable {
  /// N, the number of neurons; a square.
  public var neurons: Int
  /// The probability at distance 0.
  public var peak: Double
  /// The distance, in those of neighbours, over which the probability falls to 1/e.
  public var length: Double

  /// A torus; by default with about 12 synapses for each neuron.
  public init(neurons: Int, peak: Double = 0.5, length: Double = 2) {
    self.neurons = neurons
    self.peak = peak
    self.length = length
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("neurons", &neurons, in: .neuronCount)
    visit("peak", &peak, in: .fraction)
    visit("length", &length, in: .positive, unit: .neurons)
  }

  /// √N, the number of neurons along each side.
  public var side: Int { Torus(squareOf: neurons).side }

  public func validate() throws(SpikingError) {
    try validateDomains()
    _ = try Torus(neurons: neurons, of: Self.self)
  }

  public func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
    let torus = Torus(squareOf: neurons)
    let (neurons, side) = (neurons, torus.side)
    // How far the other neurons are from neuron 0.
    var offsets = (1..<neurons).map { (square: torus.squaredDistance(0, $0), offset: $0) }
    offsets.sort { ($0.square, $0.offset) < ($1.square, $1.offset) }
    let probabilities = offsets.map { offset in
      decay(Double(offset.square).squareRoot(), peak: peak, length: length)
    }
    return try distanceRows(
      neurons: neurons, probabilities: probabilities, random: random, threads: threads
    ) { [offsets] source, position in
      let offset = offsets[position].offset
      let (x, y) = (source % side + offset % side, source / side + offset / side)
      return (y < side ? y : y - side) * side + (x < side ? x : x - side)
    }
  }
}
