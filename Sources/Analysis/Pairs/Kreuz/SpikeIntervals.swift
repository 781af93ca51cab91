/// The interspike intervals of a train that meet in a window, as the distances of Kreuz and his colleagues have them.
///
/// Before the first spike and after the last one the interval is as long as to the edge, or as its neighbour where that is longer.
/// A train without spikes has one at each edge. (Satuvuori et al. 2017, J Neurosci Methods 287:25, §2.2, on edges.)
struct SpikeIntervals {
  /// A stretch between spikes, or between one and an edge, in ms.
  struct Piece {
    let from: Double
    let to: Double
    /// The interval in which it lies.
    let length: Double
    /// The spikes at its ends; the same one at the edges.
    let before: Int
    let after: Int
  }

  /// The spikes; the edges where there are none.
  let spikes: [Double]
  /// Ascending, without gaps, none of them empty.
  let pieces: [Piece]
  /// Where spikes beyond the edges would be.
  private let outside: (before: Double, after: Double)

  init(_ train: ArraySlice<Double>, in window: ClosedRange<Double>) {
    let spikes = train.isEmpty ? [window.lowerBound, window.upperBound] : Array(train)
    let last = spikes.count - 1
    let (start, stop) = (spikes[0] - window.lowerBound, window.upperBound - spikes[last])
    let first = last > 0 ? spikes[1] - spikes[0] : 0
    let final = last > 0 ? spikes[last] - spikes[last - 1] : 0
    var pieces = [
      Piece(
        from: window.lowerBound, to: spikes[0], length: max(start, first), before: 0, after: 0)
    ]
    for index in 0..<last {
      let (from, to) = (spikes[index], spikes[index + 1])
      pieces.append(
        Piece(from: from, to: to, length: to - from, before: index, after: index + 1))
    }
    pieces.append(
      Piece(
        from: spikes[last], to: window.upperBound, length: max(stop, final), before: last,
        after: last))
    self.pieces = pieces.filter { $0.to > $0.from }
    self.spikes = spikes
    outside = (
      min(window.lowerBound, spikes[0] - first), max(window.upperBound, spikes[last] + final)
    )
  }

  /// How far each of ascending times is from the nearest spike, those beyond the edges included.
  ///
  /// - Complexity: O(times + spikes).
  func distances(of times: [Double]) -> [Double] {
    var next = 0
    return times.map { time in
      while next < spikes.count, spikes[next] < time { next += 1 }
      let (before, after) = (
        next > 0 ? spikes[next - 1] : outside.before,
        next < spikes.count ? spikes[next] : outside.after
      )
      return min(abs(time - before), abs(after - time))
    }
  }

  /// Calls `body` with each stretch of time in which neither of two trains goes on to another piece.
  static func forEachOverlap(
    _ first: SpikeIntervals, _ second: SpikeIntervals,
    _ body: (_ from: Double, _ to: Double, _ first: Piece, _ second: Piece) -> Void
  ) {
    var (one, other) = (0, 0)
    while one < first.pieces.count, other < second.pieces.count {
      let (own, its) = (first.pieces[one], second.pieces[other])
      let (from, to) = (max(own.from, its.from), min(own.to, its.to))
      if to > from { body(from, to, own, its) }
      if own.to <= to { one += 1 }
      if its.to <= to { other += 1 }
    }
  }
}
