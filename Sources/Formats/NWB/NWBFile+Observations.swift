internal import SpikingFramework
internal import SpikingRecordings

extension NWBFile {
  /// When each unit was observed, in ms; nil where that is not told. Intervals without an index are those of
  /// all units.
  ///
  /// - Throws: `invalidData` where they are no intervals, or their index does not divide them.
  func observations(unitCount: Int) throws(SpikingError) -> [[ClosedRange<Double>]]? {
    let name = Self.observedIntervals
    guard try file.exists(name) else { return nil }
    let stretches = try stretches(name)
    guard try file.exists(name + "_index") else {
      return stretches.isEmpty ? nil : Array(repeating: stretches, count: unitCount)
    }
    let ends = try file.integerColumn(name + "_index")
    let offsets = [0] + ends
    guard ends.count == unitCount, ends.last == stretches.count,
      zip(offsets, ends).allSatisfy({ $0 <= $1 })
    else {
      throw file.failure(
        name + "_index", found: "\(ends.count) ends, the last \(ends.last ?? 0)",
        expected: "one for each of \(unitCount) units, ascending to \(stretches.count)")
    }
    return stretches.isEmpty
      ? nil : zip(offsets, ends).map { Array(stretches[$0..<$1]) }
  }

  private func stretches(_ name: String) throws(SpikingError) -> [ClosedRange<Double>] {
    let intervals = try file.reals(name)
    if intervals.values.isEmpty { return [] }
    guard intervals.shape.count == 2, intervals.shape[1] == 2 else {
      throw file.failure(name, found: "shape \(intervals.shape)", expected: "[intervals, 2]")
    }
    var stretches: [ClosedRange<Double>] = []
    for index in stride(from: 0, to: intervals.values.count, by: 2) {
      let (start, stop) = (
        Seconds.milliseconds(intervals.values[index]),
        Seconds.milliseconds(intervals.values[index + 1])
      )
      guard start.isFinite, stop.isFinite, start <= stop else {
        throw file.failure(
          "\(name)[\(index / 2)]",
          found: "\(intervals.values[index]) to \(intervals.values[index + 1])",
          expected: "times in s, start ≤ stop")
      }
      stretches.append(start...stop)
    }
    return stretches
  }

  /// How long a recording lasts of which nothing is said but when its units had spikes (nil: never), in ms; nil
  /// where nothing has a time.
  ///
  /// - Throws: `unreadableFile` where HDF5 crashes.
  func extent(
    ofSpikes spikes: ClosedRange<Double>?
  ) throws(SpikingError) -> ClosedRange<Double>? {
    var hull = spikes
    for name in try whatIsValid({ () throws(SpikingError) in try seriesNames }) ?? []
    where !name.hasPrefix("/stimulus/templates/") {
      let series = try whatIsValid { () throws(SpikingError) in try description(ofSeries: name) }
      guard let span = series?.span else { continue }
      if spikes.map({ !span.isOnAnotherClock(than: $0) }) ?? true { hull = span.joined(hull) }
    }
    guard let hull, !hull.isOnAnotherClock(than: 0...0) else { return hull }
    return min(spikes?.lowerBound ?? 0, 0)...max(hull.upperBound, 0)
  }
}

/// A series that cannot be read says nothing of the spikes; a file that cannot is no file of spikes.
private func whatIsValid<Value>(
  _ read: () throws(SpikingError) -> Value
) throws(SpikingError) -> Value? {
  do {
    return try read()
  } catch {
    guard error.code != .unreadableFile else { throw error }
    return nil
  }
}
