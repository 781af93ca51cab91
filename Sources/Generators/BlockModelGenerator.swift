public import SpikingFramework

/// Networks of groups: pairs within a block are connected with one probability, pairs of two blocks
/// with another one.
///
/// The stochastic block model (Holland, Laskey and Leinhardt 1983) with equal blocks of consecutive
/// neurons; where the number of neurons is not a multiple, the sizes differ by one. All weights are 1.
/// A probability for each pair of blocks: `BlockMatrixGenerator`. Takes time and memory for the
/// synapses alone.
public struct BlockModelGenerator: RowGenerator, Hashable {
  /// The number of neurons.
  public var neurons: Int
  /// The number of blocks.
  public var blocks: Int
  /// The probability of a synapse between neurons of one block.
  public var probabilityWithin: Double
  /// The probability of a synapse between neurons of different blocks.
  public var probabilityBetween: Double

  /// A generator; by default of five blocks, denser within than between.
  public init(
    neurons: Int, blocks: Int = 5, probabilityWithin: Double = 0.3,
    probabilityBetween: Double = 0.05
  ) {
    self.neurons = neurons
    self.blocks = blocks
    self.probabilityWithin = probabilityWithin
    self.probabilityBetween = probabilityBetween
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("neurons", &neurons, in: .neuronCount)
    visit("blocks", &blocks, in: .positiveCount)
    visit("probabilityWithin", &probabilityWithin, in: .fraction)
    visit("probabilityBetween", &probabilityBetween, in: .fraction)
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    guard blocks <= neurons else {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).blocks", found: blocks,
        expected: "at most neurons (\(neurons))")
    }
  }

  /// The neurons of a block.
  public func neurons(ofBlock block: Int) -> Range<Int> {
    // Neuron i is in block ⌊i blocks / neurons⌋.
    func start(_ block: Int) -> Int { (block * neurons + blocks - 1) / blocks }
    return start(block)..<start(block + 1)
  }

  public func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
    let pairs = Double(neurons) * Double(neurons - 1)
    let within = (0..<blocks).reduce(0.0) { sum, block in
      let size = Double(neurons(ofBlock: block).count)
      return sum + size * (size - 1)
    }
    let capacity = try synapseCapacity(
      neurons: neurons,
      expected: within * probabilityWithin + (pairs - within) * probabilityBetween)
    let inside = GeometricGaps(probability: probabilityWithin)
    let outside = GeometricGaps(probability: probabilityBetween)
    return SparseRows(
      neuronCount: neurons, capacity: capacity, threads: threads
    ) { sources, rows in
      for source in sources {
        let block = neurons(ofBlock: source * blocks / neurons)
        var stream = random.stream(source)
        for (gaps, targets) in [
          (outside, 0..<block.lowerBound), (inside, block), (outside, block.upperBound..<neurons),
        ] {
          gaps.forEach(in: targets, except: source, using: &stream) { target, _ in
            rows.append(target, 1)
          }
        }
        rows.endRow()
      }
    }
  }
}
