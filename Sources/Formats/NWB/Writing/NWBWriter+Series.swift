internal import SpikingFramework
internal import SpikingRecordings

extension NWBWriter {
  /// What stands for a unit of values that is not known.
  static let noUnit = "n.a."

  /// Writes time series where their paths say, one after the other: memory holds one of them.
  ///
  /// - Throws: `unreadableFile` where the file of the series is gone; `unwritableFile`.
  mutating func add(_ series: [RecordedSeries]) throws(SpikingError) {
    var modules: [String: [(SeriesPlace, RecordedSeries)]] = [:]
    for series in series {
      let place = SeriesPlace(path: series.path)
      switch place.area {
      case .acquisition: try write(series, place.name, in: "/acquisition")
      case .presentation: try write(series, place.name, in: "/stimulus/presentation")
      case .templates: try write(series, place.name, in: "/stimulus/templates")
      case .module(let name): modules[name, default: []].append((place, series))
      }
    }
    for (name, members) in modules.sorted(by: { $0.key < $1.key }) {
      try addModule(name, members)
    }
  }

  private mutating func addModule(
    _ name: String, _ members: [(place: SeriesPlace, series: RecordedSeries)]
  ) throws(SpikingError) {
    let module = place(name, in: "/processing")
    try file.group(
      module,
      attributes: attributes("ProcessingModule", [("description", .text("Module \(name)."))]))
    for (place, series) in members where place.container == nil {
      try write(series, place.name, in: module)
    }
    let contained = Dictionary(grouping: members.filter { $0.place.container != nil }) {
      $0.place.container ?? ""
    }
    for (container, members) in contained.sorted(by: { $0.key < $1.key }) {
      let type = Self.containerType(members)
      let group = place(container, in: module)
      try file.group(group, attributes: attributes(type))
      for (place, series) in members {
        try write(series, place.name, in: group, isSpatial: type == "Position")
      }
    }
  }

  /// The type of a group of series: directions, positions, or anything.
  private static func containerType(
    _ members: [(place: SeriesPlace, series: RecordedSeries)]
  ) -> String {
    if members.allSatisfy({ isDirection($0.series) }) { return "CompassDirection" }
    let arePositions = members.allSatisfy { place, series in
      place.container == "Position" && series.summary.channelCount <= 3
        && lengths.contains(series.summary.unit)
    }
    return arePositions ? "Position" : "BehavioralTimeSeries"
  }

  /// The units that positions have.
  private static let lengths = ["meters", "centimeters", "millimeters", "micrometers", "pixels"]

  /// Whether a series is an angle, as of a head, which the standard has as a position in space.
  private static func isDirection(_ series: RecordedSeries) -> Bool {
    let summary = series.summary
    guard summary.channelCount == 1, let turn = summary.turn else { return false }
    // Radians of other names are angles wherever they stand.
    return summary.unit == "radians"
      || turn == 360 && ["deg", "degree", "degrees", "°"].contains(summary.unit.lowercased())
  }

  /// Writes a series; one that cannot be read costs no other.
  private mutating func write(
    _ recorded: RecordedSeries, _ name: String, in group: String, isSpatial: Bool = false
  ) throws(SpikingError) {
    let series: TimeSeries
    do { series = try recorded.load() } catch {
      guard error.code == .invalidData else { throw error }
      return unreadable.append(error)
    }
    let isSpatial = isSpatial || Self.isDirection(recorded)
    try write(
      series, at: place(name, in: group), isSpatial ? "SpatialSeries" : "TimeSeries")
  }

  private mutating func write(
    _ series: TimeSeries, at path: String, _ type: String
  ) throws(SpikingError) {
    try file.group(path, attributes: attributes(type))
    let channels = series.channelCount
    // Reading takes more values than this only where compression made a sixteenth of them at the least.
    let isCompressed = series.values.count <= NWBFile.Limits().values
    try file.dataset(
      "\(path)/data", series.values,
      shape: channels == 1 ? [series.sampleCount] : [series.sampleCount, channels],
      isCompressed: isCompressed,
      attributes: dataAttributes(unit: series.unit.isEmpty ? Self.noUnit : series.unit))
    switch series.times.withoutStamps {
    case .regular(let start, let step):
      try file.dataset(
        "\(path)/starting_time", [Seconds.from(milliseconds: start)], shape: [],
        attributes: [("rate", .real(Self.rate(step: step))), ("unit", .text("seconds"))])
    case .stamps(let stamps): try addTimestamps(stamps, to: path)
    }
  }

  private func dataAttributes(unit: String) -> Attributes {
    [
      ("conversion", .real(1)), ("offset", .real(0)), ("resolution", .real(-1)),
      ("unit", .text(unit)),
    ]
  }

  private mutating func addTimestamps(
    _ times: [Double], to path: String
  ) throws(SpikingError) {
    try file.dataset(
      "\(path)/timestamps", times.map { Seconds.from(milliseconds: $0) },
      attributes: [("interval", .integer(1)), ("unit", .text("seconds"))])
  }

  /// The rate in Hz that gives back a step in ms.
  private static func rate(step: Double) -> Double {
    let rate = 1000 / step
    return [rate, rate.nextUp, rate.nextDown].first { 1000 / $0 == step } ?? rate
  }

  /// Writes events as annotations: those of "cue: left" in a series "cue", others in one of their own name.
  mutating func add(_ events: [Recording.Events]) throws(SpikingError) {
    let parts = events.filter { !$0.times.isEmpty }.map { events in
      let range = events.name.firstRange(of: ": ")
      let name = range.map { String(events.name[..<$0.lowerBound]) } ?? events.name
      let text = range.map { String(events.name[$0.upperBound...]) } ?? events.name
      return (name, marks: events.times.map { (time: $0, text: text) })
    }
    let named = Dictionary(grouping: parts, by: \.0)
    for (name, parts) in named.sorted(by: { $0.key < $1.key }) {
      let marks = parts.flatMap(\.marks).sorted { $0.time < $1.time }
      let path = place(name, in: "/acquisition")
      try file.group(path, attributes: attributes("AnnotationSeries"))
      try file.dataset(
        "\(path)/data", marks.map(\.text),
        attributes: [("resolution", .real(-1)), ("unit", .text("n/a"))])
      try addTimestamps(marks.map(\.time), to: path)
    }
  }
}

extension TimeSeries.Times {
  /// Stamps that are regular up to rounding as what they are: a start and a step.
  fileprivate var withoutStamps: TimeSeries.Times {
    guard case .stamps(let stamps) = self, stamps.count > 2, let start = stamps.first,
      let end = stamps.last
    else { return self }
    let step = (end - start) / Double(stamps.count - 1)
    let slack = 4 * max(start.magnitude, end.magnitude).ulp
    guard step > slack else { return self }
    for (index, stamp) in stamps.enumerated()
    where abs(start + Double(index) * step - stamp) > slack {
      return self
    }
    return .regular(start: start, step: step)
  }
}
