public import SpikingFramework

/// A series of a recording: what it is, and its data, which are read when they are asked for.
public struct RecordedSeries: Sendable {
  /// What it is, without its data.
  public let summary: TimeSeriesDescription
  private let read: @Sendable () throws(SpikingError) -> TimeSeries

  /// A series whose data a function reads.
  public init(
    _ summary: TimeSeriesDescription,
    read: @escaping @Sendable () throws(SpikingError) -> TimeSeries
  ) {
    self.summary = summary
    self.read = read
  }

  /// A series in memory.
  public init(_ path: String, _ series: TimeSeries) {
    let description = TimeSeriesDescription(
      path: path,
      shape: series.channelCount == 1
        ? [series.sampleCount] : [series.sampleCount, series.channelCount],
      unit: series.unit, times: series.times, turn: series.turn)
    self.init(description) { () throws(SpikingError) in series }
  }

  /// Where it stands in its file, as "/processing/behavior/Position/position".
  public var path: String { summary.path }
  /// The last part of its path.
  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The data.
  ///
  /// - Throws: as the reader of the file: `invalidData` where they cannot be read.
  /// - Complexity: O(samples × channels), memory for them.
  public func load() throws(SpikingError) -> TimeSeries { try read() }
}

extension Recording {
  /// The series of a name, or of as much of the end of its path as tells it from others.
  ///
  /// - Throws: `unknownName`, with those there are, where none or more than one fits.
  public func series(named name: String) throws(SpikingError) -> RecordedSeries {
    let ending = name.hasPrefix("/") ? name : "/" + name
    let found = series.filter { $0.path == name || $0.path.hasSuffix(ending) }
    guard found.count == 1 else {
      let listed = (found.isEmpty ? series : found).map(\.path)
      let others = listed.prefix(20).joined(separator: ", ") + (listed.count > 20 ? ", …" : "")
      throw SpikingError(
        .unknownName, source, found: "\(found.count) time series \(name.debugDescription)",
        expected: series.isEmpty ? "one, but there are none" : "one of \(others)")
    }
    return found[0]
  }
}
