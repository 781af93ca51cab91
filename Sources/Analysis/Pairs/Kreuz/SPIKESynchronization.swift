public import SpikingFramework

/// SPIKE-synchronization of two trains: the part of their spikes that coincide with one of the other train.
///
/// Spikes t_i and u_j coincide where no other pair could be meant,
///
///     |t_i − u_j| < ½ min(t_{i+1} − t_i, t_i − t_{i−1}, u_{j+1} − u_j, u_j − u_{j−1})
///
/// or at the same time. From 0 to 1; undefined where neither neuron has spikes, for which PySpike has 1.
/// (Kreuz, Mulansky and Bozanic 2015, J Neurophysiol 113:3432.)
public struct SPIKESynchronization: PairMeasure, Hashable {
  public static let matrixName = "spike_sync"
  public static let quantity = "SPIKE-synchronization"

  /// Needs no settings.
  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {}

  /// - Complexity: O(spikes of both).
  public func value(of pair: TrainPair) -> Double {
    let count = pair.firstCount + pair.secondCount
    let coincident = pair.stretches.reduce(0) { $0 + Self.coincidences($1) }
    return count > 0 ? Double(2 * coincident) / Double(count) : .nan
  }

  /// How many spikes of the first train coincide with one of the second.
  private static func coincidences(_ stretch: TrainPair.Stretch) -> Int {
    let (first, second) = (stretch.first, stretch.second)
    func shortest(_ train: ArraySlice<Double>, around index: Int) -> Double {
      let time = train[index]
      let before = index > train.startIndex ? time - train[index - 1] : .infinity
      let after = index + 1 < train.endIndex ? train[index + 1] - time : .infinity
      return min(before, after)
    }
    func coincide(_ one: Int, _ other: Int) -> Bool {
      let distance = abs(first[one] - second[other])
      let window = min(
        shortest(first, around: one), shortest(second, around: other), stretch.duration)
      return distance == 0 || distance < window / 2
    }
    var count = 0
    var next = second.startIndex
    // A spike of the second train coincides once.
    var taken = -1
    for one in first.indices {
      while next < second.endIndex, second[next] < first[one] { next += 1 }
      // The nearest on either side, of which at most one coincides.
      for other in next - 1...next where second.indices.contains(other) && other > taken {
        guard coincide(one, other) else { continue }
        count += 1
        taken = other
        break
      }
    }
    return count
  }
}
