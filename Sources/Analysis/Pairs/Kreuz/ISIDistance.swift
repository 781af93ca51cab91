public import SpikingFramework

/// The ISI-distance of two trains: by how much their rates differ at each time, as their interspike intervals say, on average over time.
///
///     D = 1/T ∫ |I₁(t) − I₂(t)| / max(I₁(t), I₂(t)) dt
///
/// from 0, for trains with the same intervals, to 1. The intervals at the edges are as long as to the edge, or as their
/// neighbour where that is longer; a neuron without spikes has one interval, the recording.
/// (Kreuz et al. 2007, J Neurosci Methods 165:151.)
public struct ISIDistance: PairMeasure, Hashable {
  public static let matrixName = "isi_distance"
  public static let quantity = "ISI-distance"

  /// Needs no settings.
  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {}

  /// - Complexity: O(spikes of both).
  public func value(of pair: TrainPair) -> Double {
    var sum = 0.0
    for stretch in pair.stretches {
      SpikeIntervals.forEachOverlap(
        SpikeIntervals(stretch.first, in: stretch.window),
        SpikeIntervals(stretch.second, in: stretch.window)
      ) { from, to, first, second in
        let larger = max(first.length, second.length)
        sum += (to - from) * abs(first.length - second.length) / larger
      }
    }
    return pair.duration > 0 ? sum / pair.duration : .nan
  }
}
