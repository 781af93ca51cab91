public import SpikingFramework

extension Recording {
  /// Adds intervals.
  ///
  /// - Throws: `invalidData` where there are intervals of this name.
  public mutating func add(_ intervals: IntervalTable) throws(SpikingError) {
    try requireNew(intervals.name, among: self.intervals.map(\.name), "intervals")
    self.intervals.append(intervals)
  }

  /// Adds events.
  ///
  /// - Throws: `invalidData` where there are events of this name.
  public mutating func add(_ events: Events) throws(SpikingError) {
    try requireNew(events.name, among: self.events.map(\.name), "events")
    self.events.append(events)
  }

  /// Adds a time series.
  ///
  /// - Throws: `invalidData` where there is a series of this path.
  public mutating func add(_ series: RecordedSeries) throws(SpikingError) {
    try requireNew(series.path, among: self.series.map(\.path), "series")
    self.series.append(series)
  }

  private func requireNew(
    _ name: String, among names: [String], _ kind: String
  ) throws(SpikingError) {
    guard !names.contains(name) else {
      throw SpikingError(
        .invalidData, source, found: "two \(kind) \(name.debugDescription)",
        expected: "one of each name")
    }
  }
}
