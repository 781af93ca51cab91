public import SpikingFramework
internal import SpikingRecordings

extension BinnedRecording {
  /// The values of a covariate in all bins, NaN where there is none.
  ///
  /// A series, by its name or the end of its path, gives each bin the mean of its samples there, or the last one before
  /// (`TimeSeries.sampled`); of a series of several channels one is named behind a point: `position.0`. A column of numbers
  /// of a table of intervals, `trials.contrast`, holds from the start of each interval to its end.
  ///
  /// - Throws: `unknownName`, with those there are; `invalidData` where intervals overlap or data cannot be read.
  /// - Complexity: O(samples + bins).
  public func covariate(_ name: String) throws(SpikingError) -> [Double] {
    if let (table, column) = column(name) {
      guard let numbers = column.numbers else {
        throw SpikingError(
          .invalidData, "\(session.source): \(name)", found: "texts",
          expected: "numbers; a Category takes texts")
      }
      var values = [Double](repeating: .nan, count: binCount)
      for (row, bins) in try apart(table, name) {
        for bin in bins { values[bin] = numbers[row] }
      }
      return values
    }
    let (series, channel) = try series(name)
    let summary = series.summary
    guard channel.map({ $0 < summary.channelCount }) ?? (summary.channelCount == 1) else {
      throw SpikingError(
        .invalidData, "\(session.source): \(name)", found: counted(summary.channelCount, "channel"),
        expected: "one of them, \(series.name).0 to \(series.name).\(summary.channelCount - 1)")
    }
    let channels = try series.load().sampled(
      binWidth: dt, start: origin, binCount: binCount, longestGap: longestGap)
    return channels[channel ?? 0]
  }

  /// The series of a name, which may end in the number of a channel.
  private func series(_ name: String) throws(SpikingError) -> (RecordedSeries, channel: Int?) {
    if let series = try? session.series(named: name) { return (series, nil) }
    if let point = name.lastIndex(of: "."), let channel = Int(name[name.index(after: point)...]),
      channel >= 0, let series = try? session.series(named: String(name[..<point]))
    {
      return (series, channel)
    }
    throw unknown(name, "covariate", session.series.map(\.path) + columnNames { $0.numbers != nil })
  }

  /// The column that a name such as "trials.side" means; nil where there is no such table or column.
  func column(_ name: String) -> (table: IntervalTable, column: Column)? {
    for table in session.intervals where name.hasPrefix(table.name + ".") {
      let key = String(name.dropFirst(table.name.count + 1))
      if let column = try? table.withTimes()[key] { return (table, column) }
    }
    return nil
  }

  /// The names of the columns of all tables of intervals.
  func columnNames(where isMeant: (Column) -> Bool) -> [String] {
    session.intervals.flatMap { table in
      ((try? table.withTimes().columns) ?? []).filter(isMeant).map { "\(table.name).\($0.name)" }
    }
  }

  /// The bins of each interval of a table that has any.
  ///
  /// - Throws: `invalidData` where two have a bin in common.
  func apart(
    _ table: IntervalTable, _ name: String
  ) throws(SpikingError) -> [(row: Int, bins: Range<Int>)] {
    let rows = table.intervals.enumerated().map { row, interval in
      (row: row, bins: bins(from: interval.lowerBound, to: interval.upperBound))
    }.filter { !$0.bins.isEmpty }.sorted { $0.bins.lowerBound < $1.bins.lowerBound }
    for (former, next) in zip(rows, rows.dropFirst())
    where former.bins.upperBound > next.bins.lowerBound {
      let interval = table.intervals[next.row]
      throw SpikingError(
        .invalidData, "\(session.source): \(name)",
        found:
          "\(table.name)[\(next.row)], \(inMilliseconds(interval.lowerBound, to: interval.upperBound)), "
          + "which overlaps \(table.name)[\(former.row)]",
        expected: "intervals apart from each other, of which each bin has one value")
    }
    return rows
  }

  /// The error of a name that the recording does not have.
  func unknown(_ name: String, _ kind: String, _ known: [String]) -> SpikingError {
    let listed = known.prefix(20).joined(separator: ", ") + (known.count > 20 ? ", …" : "")
    return SpikingError(
      .unknownName, session.source, found: "no \(kind) \(name.debugDescription)",
      expected: known.isEmpty ? "one, but there are none" : "one of \(listed)")
  }
}
