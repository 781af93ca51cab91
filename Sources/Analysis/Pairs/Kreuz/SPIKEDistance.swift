public import SpikingFramework

/// The SPIKE-distance of two trains: how far spikes of one are from those of the other, at each time and in units of the intervals
/// there, on average over time.
///
///     D = 1/T ∫ (S₁(t) I₂(t) + S₂(t) I₁(t)) / (2 Ī(t)²) dt,  Ī = ½ (I₁ + I₂)
///
/// I is the interspike interval at t; S goes in a straight line from the distance of the spike before t to the nearest of the other
/// train to that of the spike after t. From 0, for equal trains, to 1. At the edges there are spikes of the other train beyond
/// them, too, at the distance of its next interval. (Kreuz et al. 2013, J Neurophysiol 109:1457.)
public struct SPIKEDistance: PairMeasure, Hashable {
  public static let matrixName = "spike_distance"
  public static let quantity = "SPIKE-distance"

  /// Needs no settings.
  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {}

  /// - Complexity: O(spikes of both).
  public func value(of pair: TrainPair) -> Double {
    let sum = pair.stretches.reduce(0) { $0 + Self.integral($1) }
    return pair.duration > 0 ? sum / pair.duration : .nan
  }

  private static func integral(_ stretch: TrainPair.Stretch) -> Double {
    let first = SpikeIntervals(stretch.first, in: stretch.window)
    let second = SpikeIntervals(stretch.second, in: stretch.window)
    let fromFirst = second.distances(of: first.spikes)
    let fromSecond = first.distances(of: second.spikes)
    func distance(_ piece: SpikeIntervals.Piece, _ distances: [Double], at time: Double) -> Double {
      let (before, after) = (distances[piece.before], distances[piece.after])
      return before + (after - before) * (time - piece.from) / (piece.to - piece.from)
    }
    var sum = 0.0
    SpikeIntervals.forEachOverlap(first, second) { from, to, one, other in
      // What is between is a straight line: its middle is its mean.
      let middle = (from + to) / 2
      let mean = (one.length + other.length) / 2
      sum +=
        (to - from)
        * (distance(one, fromFirst, at: middle) * other.length
          + distance(other, fromSecond, at: middle) * one.length) / (2 * mean * mean)
    }
    return sum
  }
}
