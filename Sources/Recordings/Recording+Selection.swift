public import SpikingFramework

extension Recording {
  /// The units that satisfy a condition on their table, as `quality == good`. Beside the columns of the file there are
  /// `neuron` (the number of the unit, from 0), `spikes` and `rate` (Hz, while it was observed), where no column has these names.
  ///
  /// - Throws: `invalidParameter` or `unknownName` where the condition cannot be evaluated, `invalidData` where no
  ///   unit satisfies it.
  public func units(where condition: String) throws(SpikingError) -> Recording {
    try units(rows(where: Condition(condition)))
  }

  /// Some of the units, in the order given.
  ///
  /// - Throws: `invalidData` where there is no such unit.
  public func units(_ neurons: some Sequence<Int>) throws(SpikingError) -> Recording {
    let neurons = Array(neurons)
    var selected = self
    selected.spikes = try spikes.selecting(neurons)
    selected.units = units.selecting(neurons)
    selected.bins = try bins.map { bins throws(SpikingError) in try bins.selecting(neurons) }
    return selected
  }

  /// The numbers of the units that satisfy a condition, ascending.
  ///
  /// - Throws: as `units(where:)`.
  public func rows(where condition: Condition) throws(SpikingError) -> [Int] {
    let neurons = 0..<unitCount
    let counts = neurons.map { spikes.observedSpikeCount(of: $0) }
    let durations = neurons.map { spikes.observedDuration(of: $0) }
    let known = [
      Column("neuron", .integers(Array(neurons))), Column("spikes", .integers(counts)),
      Column("rate", .numbers(zip(counts, durations).map { 1000 * Double($0) / $1 })),
    ]
    let table = try Table(
      units.columns + known.filter { units[$0.name] == nil }, rowCount: unitCount)
    let rows = try table.rows(where: condition)
    guard !rows.isEmpty else {
      throw SpikingError(
        .invalidData, source, found: "no unit of \(unitCount) with \(condition)",
        expected: "at least one")
    }
    return rows
  }

  /// What was recorded from one time on until before another, in ms.
  ///
  /// - Throws: `invalidParameter` where nothing of the recording lies there.
  public func during(_ part: Range<Double>) throws(SpikingError) -> Recording {
    guard part.lowerBound < spikes.stop, part.upperBound > spikes.start else {
      throw SpikingError(
        .invalidParameter, "part", found: inMilliseconds(part.lowerBound, to: part.upperBound),
        expected: "a part of \(source), \(inMilliseconds(spikes.start, to: spikes.stop))")
    }
    var selected = self
    selected.spikes = spikes.during(part)
    selected.bins = nil
    return selected
  }

  /// What was recorded during some intervals: of what lies between nothing was observed.
  ///
  /// - Parameter name: as for `intervals(of:)`: "trials", "trials where side == left", or an epoch, "wake".
  /// - Throws: as `intervals(of:)`; `invalidData` where no unit was observed in them.
  public func during(_ name: String) throws(SpikingError) -> Recording {
    try during(intervals(of: name).intervals)
  }

  /// What was recorded during some intervals in ms: of what lies between nothing was observed.
  ///
  /// - Throws: `invalidData` where no unit was observed in them.
  public func during(_ intervals: [ClosedRange<Double>]) throws(SpikingError) -> Recording {
    var selected = self
    selected.spikes = try SpikingError.within(source, spikes.observed(during: intervals))
    selected.bins = nil
    return selected
  }

  /// Intervals by name: those of a table, "trials"; those of its rows that satisfy a condition, "trials where side == left
  /// and duration > 500"; or an epoch, the rows of any table in which this is a text, or one of several between commas: "wake".
  ///
  /// - Throws: `unknownName`, with the names there are; as `IntervalTable.selecting(where:)`; `invalidData`
  ///   where no interval satisfies the condition.
  public func intervals(of text: String) throws(SpikingError) -> IntervalTable {
    let parts = text.split(separator: " where ", maxSplits: 1)
    let name = parts.first.map { String($0.trimmed) } ?? ""
    let tagged = intervals.lazy.map { $0.selecting(taggedWith: name) }.first {
      !$0.intervals.isEmpty
    }
    guard let table = intervals(named: name) ?? tagged else {
      throw SpikingError(
        .unknownName, source, found: "no intervals \(name.debugDescription)",
        expected: intervals.isEmpty
          ? "some, but there are none"
          : "one of " + intervals.map(\.name).joined(separator: ", ") + ", or a text in one of them"
      )
    }
    guard parts.count == 2 else { return table }
    let selected = try SpikingError.within(
      source, table.selecting(where: Condition(String(parts[1]))))
    guard !selected.intervals.isEmpty else {
      throw SpikingError(
        .invalidData, source, found: "none of \(table.intervals.count) \(name) with \(parts[1])",
        expected: "at least one")
    }
    return selected
  }
}
