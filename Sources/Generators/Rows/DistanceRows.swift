internal import SpikingFramework
internal import SpikingNumerics

/// A network in which the probability of a synapse falls with distance.
///
/// The candidates of a row are found by geometric gaps for the probability at the last of them, which
/// is a bound of all that follow, and accepted with the ratio of their own to the bound (thinning;
/// Lewis and Shedler 1979). Row i draws from stream i of `random` alone.
///
/// - Parameters:
///   - probabilities: of synapses onto the other neurons in the order of their distance, so that they
///     never rise.
///   - target: which neuron comes at a position of that order for a source.
/// - Complexity: O(neurons + synapses).
func distanceRows(
  neurons: Int, probabilities: [Double], random: RandomSource, threads: Int,
  target: @escaping @Sendable (_ source: Int, _ position: Int) -> Int
) throws(SpikingError) -> SparseRows {
  let capacity = try synapseCapacity(
    neurons: neurons, expected: Double(neurons) * probabilities.reduce(0, +))
  return SparseRows(neuronCount: neurons, capacity: capacity, threads: threads) { sources, rows in
    var targets = TargetSet(neurons: neurons)
    for source in sources {
      var stream = random.stream(source)
      var bound = probabilities.first ?? 0
      var position = -1
      while true {
        position += GeometricGaps(probability: bound).next(
          limit: probabilities.count + 1, using: &stream)
        guard position < probabilities.count else { break }
        let probability = probabilities[position]
        if stream.uniform() * bound < probability { targets.insert(target(source, position)) }
        bound = probability
      }
      targets.endRow(of: &rows)
    }
  }
}

/// p(d) = peak e^{−d / length}.
func decay(_ distance: Double, peak: Double, length: Double) -> Double {
  peak * Elementary.exponential(-distance / length)
}
