internal import SpikingFramework

extension EvaluatedBins {
  /// Before any work is done: whether an emission can draw the counts of these bins.
  ///
  /// - Parameter neurons: the neurons that matter; nil for all.
  /// - Throws: `invalidData` that names all neurons with counts that cannot occur.
  /// - Complexity: O(events).
  func requirePossibleCounts<EmissionModel: Emission>(
    of spikes: BinnedSpikes, _ emission: EmissionModel, neurons: [Int]? = nil
  ) throws(SpikingError) {
    let included = neurons.map(Set.init)
    var wrong: Set<Int> = []
    var binCount = 0
    // Of single spikes, which any emission can draw, there is no list.
    for event in spikes.counts.indices where spikes.counts[event] > 1 {
      let (neuron, bin) = (Int(spikes.neurons[event]), Int(spikes.bins[event]))
      let range = ranges.firstPosition { $0.upperBound > bin }
      guard range < ranges.count, ranges[range].contains(bin), included?.contains(neuron) ?? true,
        emission.logLikelihood(of: Int(spikes.counts[event]), mean: 0.5) == -.infinity
      else { continue }
      wrong.insert(neuron)
      binCount += 1
    }
    guard !wrong.isEmpty else { return }
    throw SpikingError(
      .invalidData, "neuron\(wrong.count == 1 ? "" : "s") \(listed(wrong.sorted()))",
      found: "several spikes in \(binCount) bin\(binCount == 1 ? "" : "s")",
      expected:
        "at most one a bin for \(EmissionModel.typeName): narrower bins, a Poisson model, or one of "
        + "them counted (--clip, BinnedSpikes.clipped())")
  }
}
