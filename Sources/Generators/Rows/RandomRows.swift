internal import Foundation
internal import SpikingFramework
internal import SpikingNumerics

/// Room for the synapses of a network that is expected to have `expected` of them.
///
/// - Throws: `invalidParameter` where that is more than can be held.
func synapseCapacity(neurons: Int, expected: Double) throws(SpikingError) -> Int {
  // 8 bytes each, twice: graphs that are drawn by target are turned round.
  let limit = min(2e9, Double(ProcessInfo.processInfo.physicalMemory) / 16)
  guard expected <= limit else {
    throw SpikingError(
      .invalidParameter, "neurons",
      found: "\(neurons), which makes about \(Float(expected)) synapses",
      expected: "at most \(Float(limit)), which this machine can hold")
  }
  // Chance adds to the mean.
  return Int(expected + 6 * expected.squareRoot() + 1)
}

extension SparseRows {
  /// Adds a synapse unless its weight is 0 in single precision.
  mutating func append(_ target: Int, unlessZero weight: Double) {
    let weight = Float(weight)
    if weight != 0 { append(target, weight) }
  }
}

/// A network in which every ordered pair i ≠ j is connected with the same probability.
///
/// Row i draws from stream i of `random` alone.
///
/// - Complexity: O(neurons + synapses).
func randomRows(
  neurons: Int, probability: Double, random: RandomSource, threads: Int,
  weight: @escaping @Sendable (_ source: Int, inout RandomStream) -> Double
) throws(SpikingError) -> SparseRows {
  let capacity = try synapseCapacity(
    neurons: neurons, expected: Double(neurons) * Double(neurons - 1) * probability)
  let gaps = GeometricGaps(probability: probability)
  return SparseRows(neuronCount: neurons, capacity: capacity, threads: threads) { sources, rows in
    for source in sources {
      var stream = random.stream(source)
      gaps.forEach(in: 0..<neurons, except: source, using: &stream) { target, stream in
        rows.append(target, unlessZero: weight(source, &stream))
      }
      rows.endRow()
    }
  }
}
