internal import SpikingFramework

extension Connectivity {
  /// The sparse rows of this network with other weights, drawn for row i from stream i of `random`,
  /// where they are random at all.
  ///
  /// - Complexity: O(synapses) on `threads` threads.
  func replacingWeights(
    random: RandomSource, threads: Int,
    _ weight: @escaping @Sendable (_ source: Int, _ old: Float, inout RandomStream) -> Double
  ) -> SparseRows {
    guard case .sparse(let rows) = sparse().storage else { return SparseRows(neuronCount: 0) }
    return SparseRows(
      neuronCount: neuronCount, capacity: synapseCount, threads: threads
    ) { sources, replaced in
      for source in sources {
        var stream = random.stream(source)
        for index in rows.offsets[source]..<rows.offsets[source + 1] {
          let weight = Float(weight(source, rows.weights[index], &stream))
          replaced.append(rows.target(index), weight)
        }
        replaced.endRow()
      }
    }
  }
}
