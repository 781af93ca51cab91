internal import SpikingFramework
internal import SpikingNumerics

/// The rows of a network as a generator fills them, from the first neuron to the last.
struct SynapseRows {
  private var offsets = [0]
  private var targets: [UInt32] = []
  private var weights: [Float] = []

  /// What one network may have: 16 GB of synapses.
  private static let maximumCount = 2e9

  /// Room for about `expected` synapses.
  ///
  /// - Throws: `invalidParameter` where that is more than can be held.
  init(neurons: Int, expected: Double) throws(SpikingError) {
    guard expected <= Self.maximumCount else {
      throw SpikingError(
        .invalidParameter, "neurons",
        found: "\(neurons), which makes about \(Float(expected)) synapses",
        expected: "at most \(Float(Self.maximumCount))")
    }
    let expected = Int(expected)
    offsets.reserveCapacity(neurons + 1)
    targets.reserveCapacity(expected)
    weights.reserveCapacity(expected)
  }

  /// Adds a synapse to the row that is being filled; targets ascend. A weight of 0 is no synapse.
  mutating func append(_ target: Int, _ weight: Double) {
    let weight = Float(weight)
    guard weight != 0 else { return }
    targets.append(UInt32(target))
    weights.append(weight)
  }

  /// Goes on to the next row.
  mutating func endRow() { offsets.append(targets.count) }

  /// The network, dense where that is faster.
  func connectivity() throws(SpikingError) -> Connectivity {
    let network = try Connectivity(offsets: offsets, targets: targets, weights: weights)
    return network.prefersDense ? network.dense() : network
  }
}

/// A network in which every ordered pair i ≠ j is connected with the same probability.
///
/// The targets of a row are found by geometric gaps (Batagelj and Brandes 2005), so that the time
/// goes with the synapses, not with the pairs. Row i draws from stream i of `random` alone.
func randomRows(
  neurons: Int, probability: Double, random: RandomSource,
  weight: (_ source: Int, inout RandomStream) -> Double
) throws(SpikingError) -> Connectivity {
  let mean = Double(neurons) * Double(neurons - 1) * probability
  var rows = try SynapseRows(neurons: neurons, expected: mean + 6 * mean.squareRoot() + 1)
  for source in 0..<neurons {
    var stream = random.stream(source)
    // Of the N − 1 possible targets, those from `source` on are one further along.
    var position = -1
    while true {
      position += stream.gap(probability: probability, limit: neurons)
      guard position < neurons - 1 else { break }
      rows.append(position < source ? position : position + 1, weight(source, &stream))
    }
    rows.endRow()
  }
  return try rows.connectivity()
}

/// Which neurons excite and which inhibit, where each does only one of the two (Dale's law).
struct DaleSigns {
  private let excitatoryCount: Int

  /// The first `excitatoryFraction` of the neurons excite, rounded to the nearest neuron.
  init(neurons: Int, excitatoryFraction: Double) {
    excitatoryCount = Int((Double(neurons) * excitatoryFraction).rounded())
  }

  /// +1 or −1.
  func sign(of neuron: Int) -> Double { neuron < excitatoryCount ? 1 : -1 }
}

extension RandomStream {
  /// How far it is to the next success in a row of trials, at least 1: a geometric number by
  /// inversion, at most `limit`.
  fileprivate mutating func gap(probability: Double, limit: Int) -> Int {
    if probability >= 1 { return 1 }
    if probability <= 0 { return limit }
    let gap = Elementary.logarithm(uniform()) / Elementary.log1p(-probability)
    return gap < Double(limit - 1) ? 1 + Int(gap) : limit
  }
}
