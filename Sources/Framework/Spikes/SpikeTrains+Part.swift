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

  /// The same recording, of which only some intervals were observed, in ms on the same clock: what lies between them
  /// is a pause, neither silence nor an interval between spikes. Start and stop stay.
  ///
  /// - Parameter intervals: in any order; those that touch or overlap become one.
  /// - Throws: `invalidData` where no neuron was observed in any of them.
  /// - Complexity: O(spikes + stretches of observation × log intervals).
  public func observed(
    during intervals: [ClosedRange<Double>]
  ) throws(SpikingError) -> SpikeTrains {
    let kept = Self.union(intervals)
    let common = (0..<neuronCount).map { Self.intersection(observed($0), kept) }
    guard neuronCount == 0 || common.contains(where: { !$0.isEmpty }) else {
      throw SpikingError(
        .invalidData, "intervals",
        found: kept.isEmpty
          ? "none" : inMilliseconds(kept[0].lowerBound, to: kept[kept.count - 1].upperBound),
        expected: "some of \(inMilliseconds(start, to: stop)) in which neurons were observed")
    }
    let cut = SpikeTrains(
      unchecked: times, offsets: offsets, start: start, stop: stop, observations: common)
    let trains = (0..<neuronCount).map { cut.observedTrains(of: $0).flatMap { $0 } }
    return SpikeTrains(
      unchecked: trains.flatMap { $0 },
      offsets: trains.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) },
      start: start, stop: stop,
      observations: Self.simplified(common, whole: start...stop))
  }
}
