public import SpikingFramework
internal import SpikingNumerics

/// Small-world networks: a ring lattice, some links of which are rewired at random.
///
/// Each neuron is linked to its K nearest neighbours, K/2 on either side. Lap by lap, first the links
/// to the next neighbours, then to the ones after these, every link is visited once, and with a
/// probability its far end goes to a neuron chosen from all with the same probability, without loops
/// and double links. (Watts and Strogatz 1998, "Collective dynamics of 'small-world' networks".) Each
/// link is a synapse in both directions, with the weight 1: N K synapses, whatever the rewiring.
///
/// The links are drawn one after the other, as published, by one thread; for each that is rewired it
/// looks at the K links of two neurons.
public struct WattsStrogatzGenerator: RowGenerator, Hashable {
  /// The number of neurons on the ring.
  public var neurons: Int
  /// K, the mean number of links of a neuron; even.
  public var degree: Int
  /// p, the probability that a link is rewired.
  public var rewiring: Double

  /// A generator; by default of networks that are both clustered and small.
  public init(neurons: Int, degree: Int = 10, rewiring: Double = 0.1) {
    self.neurons = neurons
    self.degree = degree
    self.rewiring = rewiring
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("neurons", &neurons, in: .neuronCount)
    visit("degree", &degree, in: .count)
    visit("rewiring", &rewiring, in: .fraction)
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    try requireLess(degree, than: neurons, "degree", of: Self.self)
    guard degree.isMultiple(of: 2) else {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).degree", found: degree, expected: "an even number")
    }
  }

  public func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
    let (neurons, half) = (neurons, degree / 2)
    let capacity = try synapseCapacity(
      neurons: neurons, expected: Double(neurons) * Double(degree))
    let ends = rewiredEnds(using: random.stream())
    let owned = SparseRows(
      neuronCount: neurons, capacity: capacity / 2, threads: threads
    ) { sources, rows in
      var targets = TargetSet(neurons: neurons)
      for source in sources {
        for slot in half * source..<half * (source + 1) { targets.insert(Int(ends[slot])) }
        targets.endRow(of: &rows)
      }
    }
    return owned.merged(with: owned.transposed(threads: threads), threads: threads)
  }

  /// The far end of each link: those of neuron i are K/2 i ..< K/2 (i + 1).
  private func rewiredEnds(using stream: consuming RandomStream) -> [UInt32] {
    let half = degree / 2
    var ends: [UInt32] = []
    ends.reserveCapacity(neurons * half)
    for neuron in 0..<neurons {
      for step in 1..<half + 1 { ends.append(UInt32((neuron + step) % neurons)) }
    }
    var degrees = [Int](repeating: degree, count: neurons)
    for lap in 0..<half {
      for neuron in 0..<neurons where stream.uniform() < rewiring {
        // One that is linked to all others keeps its links.
        guard degrees[neuron] < neurons - 1 else { continue }
        var end = neuron
        while end == neuron || Self.areLinked(neuron, end, ends, half) {
          end = stream.uniform(below: neurons)
        }
        degrees[Int(ends[half * neuron + lap])] -= 1
        degrees[end] += 1
        ends[half * neuron + lap] = UInt32(end)
      }
    }
    return ends
  }

  /// Whether either of two neurons owns a link to the other.
  private static func areLinked(_ one: Int, _ other: Int, _ ends: [UInt32], _ half: Int) -> Bool {
    ends.withUnsafeBufferPointer { ends in
      contains(ends[half * one..<half * (one + 1)], UInt32(other))
        || contains(ends[half * other..<half * (other + 1)], UInt32(one))
    }
  }

  /// Looks at all ends: a loop without an exit takes many at a time.
  private static func contains(_ ends: Slice<UnsafeBufferPointer<UInt32>>, _ neuron: UInt32) -> Bool
  {
    var found: UInt32 = 0
    for end in UnsafeBufferPointer(rebasing: ends) { found |= end == neuron ? 1 : 0 }
    return found != 0
  }
}
