extension SpikeTrains {
  /// The spikes of a part of the time, in ms on the same clock: those from its beginning until before its end, or
  /// until the end of the recording. A spike below an edge by a rounding error counts as on the edge.
  ///
  /// - Precondition: the part and the recording have some time in common.
  /// - Complexity: O(spikes + stretches of observation).
  public func during(_ part: Range<Double>) -> SpikeTrains {
    let whole = Swift.max(part.lowerBound, start)...Swift.min(part.upperBound, stop)
    let slack = 1e-12 * Swift.max(whole.lowerBound.magnitude, whole.upperBound.magnitude)
    let end = part.upperBound > stop ? Double.infinity : part.upperBound - slack
    var kept: [Double] = []
    var keptOffsets = [0]
    for train in self {
      let first = train.firstPosition { $0 >= whole.lowerBound - slack }
      let last = Swift.max(first, train.firstPosition { $0 >= end })
      kept += train[first..<last].map {
        Swift.min(Swift.max($0, whole.lowerBound), whole.upperBound)
      }
      keptOffsets.append(kept.count)
    }
    return SpikeTrains(
      unchecked: kept, offsets: keptOffsets, start: whole.lowerBound, stop: whole.upperBound,
      observations: Self.simplified(
        observations.map { Self.intersection($0, [whole]) }, whole: whole))
  }
}
