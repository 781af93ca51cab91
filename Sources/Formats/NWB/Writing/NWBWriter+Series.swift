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
      case .acquisition: acquisition.add(place.name, try written(series))
      case .presentation: presentation.add(place.name, try written(series))
      case .templates: templates.add(place.name, try written(series))
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
    var links: Links = []
    for (place, series) in members where place.container == nil {
      links.add(place.name, try written(series))
    }
    let contained = Dictionary(grouping: members.filter { $0.place.container != nil }) {
      $0.place.container ?? ""
    }
    for (container, members) in contained.sorted(by: { $0.key < $1.key }) {
      let type = Self.containerType(members)
      var inner: Links = []
      for (place, series) in members {
        inner.add(place.name, try written(series, isSpatial: type == "Position"))
      }
      let object = try file.group(inner, attributes: attributes(type))
      links.add(container, object)
    }
    let module = try file.group(
      links,
      attributes: attributes("ProcessingModule", [("description", .text("Module \(name)."))]))
    processing.add(name, module)
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
  private mutating func written(
    _ recorded: RecordedSeries, isSpatial: Bool = false
  ) throws(SpikingError) -> HDF5Object? {
    let series: TimeSeries
    do { series = try recorded.load() } catch {
      guard error.code == .invalidData else { throw error }
      unreadable.append(error)
      return nil
    }
    return try write(series, isSpatial: isSpatial || Self.isDirection(recorded))
  }

  private mutating func write(
    _ series: TimeSeries, isSpatial: Bool
  ) throws(SpikingError) -> HDF5Object {
    let channels = series.channelCount
    let data = try file.dataset(
      series.values, shape: channels == 1 ? [series.sampleCount] : [series.sampleCount, channels],
      attributes: dataAttributes(unit: series.unit.isEmpty ? Self.noUnit : series.unit))
    let times: (String, HDF5Object)
    switch series.times.withoutStamps {
    case .regular(let start, let step):
      times = (
        "starting_time",
        try file.dataset(
          [Seconds.from(milliseconds: start)], shape: [],
          attributes: [("rate", .real(Self.rate(step: step))), ("unit", .text("seconds"))])
      )
    case .stamps(let stamps): times = ("timestamps", try timestamps(stamps))
    }
    return try file.group(
      [("data", data), times],
      attributes: attributes(
        isSpatial ? "SpatialSeries" : "TimeSeries"))
  }

  private func dataAttributes(unit: String) -> Attributes {
    [
      ("conversion", .real(1)), ("offset", .real(0)), ("resolution", .real(-1)),
      ("unit", .text(unit)),
    ]
  }

  private mutating func timestamps(_ times: [Double]) throws(SpikingError) -> HDF5Object {
    try file.dataset(
      times.map { Seconds.from(milliseconds: $0) },
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
      let data = try file.dataset(
        marks.map(\.text), attributes: [("resolution", .real(-1)), ("unit", .text("n/a"))])
      let times = try timestamps(marks.map(\.time))
      let object = try file.group(
        [("data", data), ("timestamps", times)], attributes: attributes("AnnotationSeries"))
      acquisition.add(name, object)
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
