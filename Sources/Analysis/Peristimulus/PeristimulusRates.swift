internal import SpikingFramework

/// The firing rate in each bin of a stimulus period.
public struct PeristimulusRates: Codable, Hashable, Sendable {
  /// The edges of the bins, in ms from the onset of the stimulus: one more than there are bins.
  public let edges: [Double]
  /// The spikes of all neurons and repetitions in each bin.
  public let counts: [Int]
  /// For how long each bin was recorded, in ms, all repetitions together: the mean over neurons.
  public let exposures: [Double]
  /// The number of neurons.
  public let neuronCount: Int

  /// The mean rate of a neuron in each bin in Hz; nil where the bin was never recorded, or there is
  /// no neuron.
  public var rates: [Double?] {
    zip(counts, exposures).map { count, exposure in
      let neuronTime = exposure * Double(neuronCount)
      return neuronTime > 0 ? Double(count) / neuronTime * 1000 : nil
    }
  }
}

extension PeristimulusRates: CustomStringConvertible {
  /// "20 bins from 0 to 100 ms, 4 neurons, 3.1 to 45 Hz".
  public var description: String {
    "\(counted(counts.count, "bin")) from \(brief(edges.first ?? 0)) to \(brief(edges.last ?? 0)) ms, "
      + counted(neuronCount, "neuron")
      + (extent(rates.lazy.compactMap(\.self)).map { ", \($0) Hz" } ?? "")
  }
}
