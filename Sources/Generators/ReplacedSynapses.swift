internal import SpikingFramework

/// What a synapse is, apart from the neurons that it connects.
struct Synapse {
  /// Its weight.
  var weight: Float
  /// Its delay in bins.
  var delay: Int
}

extension Connectivity {
  /// The sparse rows of this network with other synapses in the same places, drawn for row i from
  /// stream i of `random` where they are random at all.
  ///
  /// - Complexity: O(synapses) on `threads` threads.
  func replacingSynapses(
    random: RandomSource, threads: Int,
    _ replace:
      @escaping @Sendable (
        _ source: Int, _ target: Int, inout Synapse, inout RandomStream
      ) -> Void
  ) -> SparseRows {
    guard case .sparse(let rows) = sparse().storage else { return SparseRows(neuronCount: 0) }
    return SparseRows(
      neuronCount: neuronCount, capacity: synapseCount, threads: threads
    ) { sources, replaced in
      for source in sources {
        var stream = random.stream(source)
        for index in rows.offsets[source]..<rows.offsets[source + 1] {
          let target = rows.target(index)
          var synapse = Synapse(weight: rows.weights[index], delay: rows.delay(index))
          replace(source, target, &synapse, &stream)
          replaced.append(target, synapse.weight, delay: synapse.delay)
        }
        replaced.endRow()
      }
    }
  }
}
