public import SpikingFramework

/// Networks of groups of any sizes, with a probability of a synapse for each ordered pair of groups:
/// the stochastic block model in general (Holland, Laskey and Leinhardt 1983).
///
/// Blocks are consecutive neurons. All weights are 1. Sizes and probabilities are no parameters that
/// go by name; for equal blocks with two probabilities see `BlockModelGenerator`.
public struct BlockMatrixGenerator: RowGenerator, Hashable {
  /// The number of neurons of each block.
  public var sizes: [Int]
  /// `probabilities[a][b]` is the probability of a synapse from a neuron of block a to one of b.
  public var probabilities: [[Double]]

  /// Blocks of `sizes` neurons, and the probabilities of synapses from each to each.
  public init(sizes: [Int], probabilities: [[Double]]) {
    self.sizes = sizes
    self.probabilities = probabilities
  }

  public func validate() throws(SpikingError) {
    guard !sizes.isEmpty, sizes.allSatisfy({ ParameterDomain.neuronCount.contains(Double($0)) })
    else {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).sizes", found: sizes,
        expected: "a number of neurons for each block")
    }
    let total = sizes.reduce(0.0) { $0 + Double($1) }
    guard ParameterDomain.neuronCount.contains(total) else {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).sizes", found: "\(total) neurons",
        expected: "\(ParameterDomain.neuronCount)")
    }
    guard probabilities.count == sizes.count,
      probabilities.allSatisfy({ $0.count == sizes.count })
    else {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).probabilities",
        found: "rows of \(probabilities.map(\.count))",
        expected: "\(sizes.count) rows of as many numbers")
    }
    if let wrong = probabilities.joined().first(where: { !ParameterDomain.fraction.contains($0) }) {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).probabilities", found: wrong,
        expected: "\(ParameterDomain.fraction)")
    }
  }

  public func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
    var blocks: [Range<Int>] = []
    for size in sizes {
      let start = blocks.last?.upperBound ?? 0
      blocks.append(start..<start + size)
    }
    let neurons = sizes.reduce(0, +)
    let gaps = probabilities.map { $0.map { GeometricGaps(probability: $0) } }
    let blockOfNeuron = sizes.indices.flatMap { [Int](repeating: $0, count: sizes[$0]) }
    return SparseRows(
      neuronCount: neurons, capacity: try capacity(neurons), threads: threads
    ) { [blocks] sources, rows in
      for source in sources {
        var stream = random.stream(source)
        for (targets, gaps) in zip(blocks, gaps[blockOfNeuron[source]]) {
          gaps.forEach(in: targets, except: source, using: &stream) { target, _ in
            rows.append(target, 1)
          }
        }
        rows.endRow()
      }
    }
  }

  private func capacity(_ neurons: Int) throws(SpikingError) -> Int {
    var expected = 0.0
    for (from, row) in zip(sizes, probabilities) {
      for (to, probability) in zip(sizes, row) {
        expected += Double(from) * Double(to) * probability
      }
    }
    return try synapseCapacity(neurons: neurons, expected: expected)
  }
}
