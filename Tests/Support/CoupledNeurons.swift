package import Spiking

/// Neurons that act on each other through filters, simulated bin by bin as the equations say: what fits
/// must find, and none of the library's loops.
package struct CoupledNeurons {
  /// The drive of each without input.
  package var baselines: [Double]
  /// What a spike of `source` adds to the drive of `target` in the bins after it, by [source, target].
  package var filters: [SIMD2<Int>: [Double]] = [:]
  /// What is added to the drive of each, by bin; none where it is empty.
  package var inputs: [[Double]] = []
  package var dt = 1.0
  package var networkOffsets: [Int]?

  /// Neurons that are not coupled.
  package init(_ baselines: [Double], dt: Double = 1) {
    self.baselines = baselines
    self.dt = dt
  }

  /// Their spikes.
  package func spikes(
    _ nonlinearity: some Nonlinearity = Exponential(),
    _ emission: some Emission = PoissonEmission(), bins: Int, seed: UInt32
  ) throws -> BinnedSpikes {
    var random = RandomStream(key: SIMD2(seed, 71), counter: .zero)
    var counts: [[Int]] = []
    for bin in 0..<bins {
      var drives = baselines
      for (neuron, input) in inputs.enumerated() { drives[neuron] += input[bin] }
      for (ends, filter) in filters {
        for (lag, tap) in filter.enumerated() where bin > lag {
          drives[ends[1]] += tap * Double(counts[bin - 1 - lag][ends[0]])
        }
      }
      counts.append(
        drives.map { emission.sample(mean: nonlinearity.rate(at: $0) * dt, using: &random) })
    }
    return try binnedSpikes(
      counts: counts, dt: dt, networkOffsets: networkOffsets ?? [0, baselines.count])
  }
}

/// Spikes from counts by bin and neuron.
package func binnedSpikes(
  counts: [[Int]], dt: Double = 1, networkOffsets: [Int]? = nil
) throws -> BinnedSpikes {
  try BinnedSpikes(
    counts: (counts.first ?? []).indices.map { neuron in counts.map { $0[neuron] } }, dt: dt,
    networkOffsets: networkOffsets)
}
