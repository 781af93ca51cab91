internal import SpikingFramework
internal import SpikingNumerics

extension SparseRows {
  /// What one network may have: 12 to 16 GB of synapses.
  private static let maximumCount = 2e9

  /// Rows for a network that is expected to have `expected` synapses.
  ///
  /// - Throws: `invalidParameter` where that is more than can be held.
  init(neurons: Int, expected: Double) throws(SpikingError) {
    guard expected <= Self.maximumCount else {
      throw SpikingError(
        .invalidParameter, "neurons",
        found: "\(neurons), which makes about \(Float(expected)) synapses",
        expected: "at most \(Float(Self.maximumCount))")
    }
    self.init(neuronCount: neurons, capacity: Int(expected))
  }

  /// Adds a synapse unless its weight is 0 in single precision.
  mutating func append(_ target: Int, _ weight: Double) {
    let weight = Float(weight)
    if weight != 0 { append(target, weight) }
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
  var rows = try SparseRows(neurons: neurons, expected: mean + 6 * mean.squareRoot() + 1)
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
  return try Connectivity(rows: rows).inFasterStorage()
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
