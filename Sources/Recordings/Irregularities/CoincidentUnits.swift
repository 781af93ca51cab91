internal import Foundation
internal import SpikingFramework

/// Pairs of units that fire within 0.5 ms of each other far more often than by chance: a spike that was sorted twice.
///
/// Of two independent units with n and m spikes in a common time T, 2·n·m·w/T pairs are within w. A pair of units is
/// reported where they have at least 10 such pairs, five times as many as expected, more than expected by six of their standard deviations (of a
/// Poisson number), and for at least a tenth of the spikes of the one that fires less.
struct CoincidentUnits {
  private(set) var found: [Irregularity] = []

  private static let window = 0.5
  private static let (leastCount, leastRatio, deviations, leastPart) = (10.0, 5.0, 6.0, 0.1)
  /// Synchronous bursts of large populations would be compared for longer than reading takes.
  private static let mostPairs = 200_000_000

  /// - Complexity: O(spikes · log spikes + pairs of spikes within 0.5 ms).
  init(_ spikes: SpikeTrains) {
    guard let counts = Self.counts(spikes) else { return }
    let duration = max(spikes.duration, Self.window)
    var pairs: [(first: Int, second: Int, count: Int)] = []
    for (pair, count) in counts {
      let (first, second) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
      let (n, m) = (Double(spikes[first].count), Double(spikes[second].count))
      let expected = 2 * n * m * Self.window / duration
      let least = max(
        Self.leastCount, Self.leastRatio * expected,
        expected + Self.deviations * expected.squareRoot(), Self.leastPart * min(n, m))
      if Double(count) >= least { pairs.append((first, second, count)) }
    }
    pairs.sort { ($0.first, $0.second) < ($1.first, $1.second) }
    found = pairs.prefix(10).map { first, second, count in
      Irregularity(
        .coincidentUnits,
        "units \(first) and \(second) have \(count) spikes within 0.5 ms of each other, of "
          + "\(spikes[first].count) and \(spikes[second].count): perhaps one unit, sorted twice")
    }
    if pairs.count > 10 {
      found.append(Irregularity(.coincidentUnits, "and \(pairs.count - 10) more pairs of units"))
    }
  }

  /// How many spikes of a pair of units are within the window, by first · 2³² + second; nil where they are too many to be counted.
  private static func counts(_ spikes: SpikeTrains) -> [UInt64: Int]? {
    let units = spikes.indices.flatMap { repeatElement(UInt32($0), count: spikes[$0].count) }
    let order = spikes.times.indices.sorted { spikes.times[$0] < spikes.times[$1] }
    var counts: [UInt64: Int] = [:]
    var (first, total) = (0, 0)
    for (place, index) in order.enumerated() {
      while spikes.times[index] - spikes.times[order[first]] > window { first += 1 }
      total += place - first
      guard total <= mostPairs else { return nil }
      for earlier in order[first..<place] where units[earlier] != units[index] {
        let pair = (min(units[earlier], units[index]), max(units[earlier], units[index]))
        counts[UInt64(pair.0) << 32 | UInt64(pair.1), default: 0] += 1
      }
    }
    return counts
  }
}
