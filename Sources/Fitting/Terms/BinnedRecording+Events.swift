internal import SpikingFramework
internal import SpikingRecordings

/// Events of a recording, with the rows of the table in which they stand.
struct RecordedEvents {
  /// In ms; NaN where a row has none.
  let times: [Double]
  /// The table; nil of events without one.
  let table: IntervalTable?
}

extension BinnedRecording {
  /// The events of a name: those of the recording, `licks`, or a column of times of a table of intervals, `trials.cue_time`,
  /// in ms, as `trials.start` and `trials.stop` are. Of a table those rows alone may be meant that satisfy a condition:
  /// `trials.cue_time where side == left`.
  ///
  /// - Throws: `unknownName`, with those there are; as `IntervalTable.selecting(where:)`.
  func events(_ text: String) throws(SpikingError) -> RecordedEvents {
    let parts = text.split(separator: " where ", maxSplits: 1)
    let name = parts.first.map { String($0.trimmed) } ?? ""
    if let events = session.events.first(where: { $0.name == name }), parts.count == 1 {
      return RecordedEvents(times: events.times, table: nil)
    }
    let known = session.events.map(\.name) + columnNames { $0.numbers != nil }
    guard let (whole, _) = column(name) else { throw unknown(name, "events", known) }
    var table = whole
    if parts.count == 2 {
      table = try SpikingError.within(
        session.source, whole.selecting(where: Condition(String(parts[1]))))
    }
    let key = String(name.dropFirst(table.name.count + 1))
    guard let times = try table.withTimes()[key]?.numbers else {
      throw SpikingError(
        .invalidData, "\(session.source): \(name)", found: "texts", expected: "times in ms")
    }
    return RecordedEvents(times: times, table: table)
  }

  /// A column of the table in which events stand, by its name, before which that of the table may be: `side`, `trials.side`.
  ///
  /// - Parameter events: what the events are called in errors.
  /// - Throws: `invalidParameter` where events have no table, `unknownName` with the columns there are.
  func column(
    _ name: String, of table: IntervalTable?, _ events: String
  ) throws(SpikingError) -> Column {
    guard let table else {
      throw SpikingError(
        .invalidParameter, events, found: "\(name.debugDescription) of events without a table",
        expected: "a table of intervals, or a column of its times")
    }
    let prefix = table.name + "."
    let all = try table.withTimes()
    guard let column = all[name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name]
    else { throw unknown(name, "column of \(table.name)", all.columns.map(\.name)) }
    return column
  }
}
