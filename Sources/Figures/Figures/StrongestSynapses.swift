internal import SpikingFramework

/// One synapse of a network.
struct Synapse {
  let source: Int
  let target: Int
  let weight: Float
}

extension Connectivity {
  /// The `limit` synapses of the largest magnitude, the weakest of them first.
  ///
  /// - Complexity: O(synapses), with memory for twice the limit.
  func strongestSynapses(_ limit: Int) -> [Synapse] {
    let limit = min(limit, synapseCount)
    guard limit > 0 else { return [] }
    var kept: [Synapse] = []
    var threshold: Float = 0
    func keepStrongest() {
      kept.sort { $0.weight.magnitude > $1.weight.magnitude }
      kept.removeSubrange(min(limit, kept.count)...)
      if kept.count == limit { threshold = kept[limit - 1].weight.magnitude }
    }
    forEachSynapse { source, target, weight in
      guard weight.magnitude > threshold || kept.count < limit else { return }
      kept.append(Synapse(source: source, target: target, weight: weight))
      if kept.count >= 2 * limit { keepStrongest() }
    }
    keepStrongest()
    return kept.reversed()
  }
}
