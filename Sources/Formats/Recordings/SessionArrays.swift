internal import SpikingFramework
internal import SpikingRecordings

/// What is known of a session beside its spikes, as arrays of an archive:
///
/// - `units/COLUMN` [neurons]: the table of units;
/// - `intervals/NAME/start`, `intervals/NAME/stop` float64 [K] (ms), `intervals/NAME/columns/COLUMN` [K];
/// - `events/NAME` float64 [K] (ms);
/// - `seriesPATH/data` float64 [samples] or [samples, channels], with `seriesPATH/times` float64 [samples] (ms) or `start` and
///   `step` (ms), `unit`, and `turn` where the values are angles; PATH begins with a slash;
/// - `description/units/COLUMN` and so on: what a column says.
struct SessionArrays {
  typealias Named = (name: String, array: NumPyArray)

  let arrays: [Named]
  /// Why series are not among them.
  let unreadable: [SpikingError]

  /// Those of a recording, whose series are read.
  init(_ recording: Recording) throws(SpikingError) {
    var arrays = Self.columns(of: recording.units, "units")
    var unreadable: [SpikingError] = []
    for table in recording.intervals {
      let place = "intervals/\(table.name)"
      arrays.append(("\(place)/start", NumPyArray(table.intervals.map(\.lowerBound))))
      arrays.append(("\(place)/stop", NumPyArray(table.intervals.map(\.upperBound))))
      arrays += Self.columns(of: table.table, "\(place)/columns")
    }
    arrays += recording.events.map { ("events/\($0.name)", NumPyArray($0.times)) }
    for series in recording.series {
      do { arrays += try Self.arrays(of: series) } catch {
        guard error.code == .invalidData else { throw error }
        unreadable.append(error)
      }
    }
    self.arrays = arrays
    self.unreadable = unreadable
  }

  private static func columns(of table: Table, _ place: String) -> [Named] {
    table.columns.flatMap { column -> [Named] in
      let array =
        switch column.values {
        case .integers(let values): NumPyArray(values)
        case .numbers(let values): NumPyArray(values)
        case .texts(let values): NumPyArray(values)
        case .flags(let values): NumPyArray(values)
        }
      let values: Named = ("\(place)/\(column.name)", array)
      return column.description.isEmpty
        ? [values]
        : [values, ("description/\(values.name)", NumPyArray([column.description]))]
    }
  }

  private static func arrays(of recorded: RecordedSeries) throws(SpikingError) -> [Named] {
    let series = try recorded.load()
    let place = "series\(recorded.path)"
    let shape = [series.sampleCount] + (series.channelCount == 1 ? [] : [series.channelCount])
    var arrays: [Named] = [("\(place)/data", NumPyArray(series.values, shape: shape))]
    switch series.times {
    case .regular(let start, let step):
      arrays.append(("\(place)/start", NumPyArray(scalar: start)))
      arrays.append(("\(place)/step", NumPyArray(scalar: step)))
    case .stamps(let stamps): arrays.append(("\(place)/times", NumPyArray(stamps)))
    }
    arrays.append(("\(place)/unit", NumPyArray(scalar: series.unit)))
    if let turn = series.turn { arrays.append(("\(place)/turn", NumPyArray(scalar: turn))) }
    return arrays
  }
}

extension SessionArrays {
  static func units(
    _ archive: borrowing NumPyArchive, rowCount: Int
  ) throws(SpikingError) -> Table {
    try table(archive, "units/", rowCount: rowCount)
  }

  static func intervals(
    _ archive: borrowing NumPyArchive
  ) throws(SpikingError) -> [IntervalTable] {
    var tables: [IntervalTable] = []
    for name in names(archive, "intervals/", "/start") {
      let place = "intervals/\(name)"
      let starts = try archive.column("\(place)/start")
      let stops = try archive.column("\(place)/stop")
      guard starts.count == stops.count, zip(starts, stops).allSatisfy({ $0 <= $1 }) else {
        throw SpikingError(
          .invalidData, "\(archive.path): \(place)/stop", found: "\(stops.count) times",
          expected: "\(starts.count), each at or after that of start")
      }
      tables.append(
        try SpikingError.within(
          archive.path,
          IntervalTable(
            name: name, intervals: zip(starts, stops).map { $0...$1 },
            table: table(archive, "\(place)/columns/", rowCount: starts.count))))
    }
    return tables
  }

  static func events(
    _ archive: borrowing NumPyArchive
  ) throws(SpikingError) -> [Recording.Events] {
    var events: [Recording.Events] = []
    for name in names(archive, "events/", "") {
      events.append(Recording.Events(name, times: try archive.column("events/\(name)")))
    }
    return events
  }

  static func series(_ archive: borrowing NumPyArchive) throws(SpikingError) -> [RecordedSeries] {
    var series: [RecordedSeries] = []
    for path in names(archive, "series", "/data") {
      let place = "series\(path)"
      let shape = try archive.description(of: "\(place)/data").shape
      let times: TimeSeries.Times =
        archive.contains("\(place)/times")
        ? .stamps(try archive.column("\(place)/times"))
        : .regular(
          start: try archive.scalar("\(place)/start"), step: try archive.scalar("\(place)/step"))
      let unit = try archive.array("\(place)/unit").strings().first ?? ""
      let turn =
        archive.contains("\(place)/turn") ? try archive.scalar("\(place)/turn") : nil
      let file = archive.path
      series.append(
        RecordedSeries(
          TimeSeriesDescription(path: path, shape: shape, unit: unit, times: times, turn: turn)
        ) { () throws(SpikingError) in
          let data = try NumPyArchive(contentsOf: file).array("\(place)/data")
          let channels = data.shape.dropFirst().reduce(1, *)
          var series = try SpikingError.within(
            "\(file): \(place)",
            TimeSeries(values: data.doubles(), channelCount: channels, times: times, unit: unit))
          series.turn = turn
          return series
        })
    }
    return series
  }

  private static func table(
    _ archive: borrowing NumPyArchive, _ prefix: String, rowCount: Int
  ) throws(SpikingError) -> Table {
    var columns: [Column] = []
    for name in names(archive, prefix, "") {
      let array = try archive.array(prefix + name)
      guard array.shape == [rowCount] else {
        throw array.error(
          "shape", found: NumPyHeader.text(array.shape), expected: "(\(rowCount),)")
      }
      let described = "description/\(prefix)\(name)"
      let description =
        archive.contains(described) ? try archive.array(described).strings().first : nil
      columns.append(Column(name, try values(array), description: description ?? ""))
    }
    return try SpikingError.within(archive.path, Table(columns, rowCount: rowCount))
  }

  private static func values(_ array: NumPyArray) throws(SpikingError) -> Column.Values {
    switch array.elementType {
    case .bool: .flags(try array.booleans())
    case .float16, .float32, .float64: .numbers(try array.doubles())
    case .unicode, .bytes: .texts(try array.strings())
    default: .integers(try array.integers())
    }
  }

  /// What stands between a prefix and a suffix in the names of arrays.
  private static func names(
    _ archive: borrowing NumPyArchive, _ prefix: String, _ suffix: String
  ) -> [String] {
    archive.names.compactMap { name in
      guard name.hasPrefix(prefix), name.hasSuffix(suffix),
        name.count > prefix.count + suffix.count
      else { return nil }
      let inner = name.dropFirst(prefix.count).dropLast(suffix.count)
      return suffix == "/start" && inner.contains("/") ? nil : String(inner)
    }
  }
}
