public import SpikingFramework

/// Victor and Purpura's distance of two spike trains: the least cost of making one the other, where adding or taking away a spike
/// costs 1, and moving one by Δt costs q |Δt|.
///
///     G(i, j) = min(G(i−1, j) + 1, G(i, j−1) + 1, G(i−1, j−1) + q |t_i − u_j|)
///
/// H(i, j) = G(i, j) − j turns the second into a minimum of what was before, with one operation from one j to the next.
/// With q = 0 it counts spikes; a large q tells trains apart that share no spike to within 2 / q.
/// (Victor and Purpura 1996, J Neurophysiol 76:1310.)
public struct VictorPurpuraDistance: PairMeasure, Hashable {
  /// q: what moving a spike by a second costs, in Hz.
  public var costPerSecond = 10.0

  public static let matrixName = "victor_purpura"
  public static let quantity = "Victor–Purpura distance"

  /// Moving a spike by a second costs `costPerSecond`.
  public init(costPerSecond: Double = 10) { self.costPerSecond = costPerSecond }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("costPerSecond", &costPerSecond, in: .nonnegative, unit: .hertz)
  }

  /// - Complexity: O(spikes of one · spikes of the other), memory O(spikes of one).
  public func value(of pair: TrainPair) -> Double {
    guard pair.duration > 0 else { return .nan }
    // Spikes do not move from one stretch to another.
    return pair.stretches.reduce(0) { $0 + distance($1.first, $1.second) }
  }

  private func distance(_ first: ArraySlice<Double>, _ second: ArraySlice<Double>) -> Double {
    let cost = costPerSecond / 1000
    // H(i, j) for one i: at first G(0, j) = j.
    var row = [Double](repeating: 0, count: second.count + 1)
    row.withUnsafeMutableBufferPointer { row in
      second.withUnsafeBufferPointer { second in
        for time in first {
          var diagonal = row[0]
          var least = diagonal + 1
          row[0] = least
          for place in second.indices {
            let above = row[place + 1]
            let moved = diagonal - 1 + cost * abs(time - second[place])
            least = min(least, min(above + 1, moved))
            (diagonal, row[place + 1]) = (above, least)
          }
        }
      }
    }
    return row[second.count] + Double(second.count)
  }
}
