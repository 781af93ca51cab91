import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Recordings that are written as NWB files, and read back.
@Suite(.readsNWB) struct FormatsNWBWritingTests {
  private static func session() throws -> Recording {
    let spikes = try SpikeTrains(
      trains: [[1, 2.5, 1001, 1009.7], [], [3, 3.3, 777.7]], start: 0, stop: 1200,
      observations: [[0...1200], [0...600], [0...500, 700...1200]])
    let units = try Table([
      Column("depth", .numbers([1.5, -2, 3]), description: "below the surface, in µm"),
      Column("id", .integers([7, 3, 12])), Column("is_fast", .flags([true, false, true])),
      Column("peak_time", .numbers([0.3, 0.7, 1001])),
      Column("quality", .texts(["good", "", "µ"])),
    ])
    let trials = try IntervalTable(
      name: "trials", intervals: [0...100, 200...300.7, 250...250],
      table: Table([
        Column("cue_time", .numbers([10, 210, 250])),
        Column("side", .texts(["left", "right", "left"])),
        Column("tags", .texts(["a,b", "", "wake"])),
      ]))
    return try Recording(
      spikes, units: units,
      intervals: [IntervalTable(name: "sleep", intervals: [0...1000, 500...1100]), trials],
      events: [
        .init("cue: left", times: [1]), .init("cue: right", times: [0.1, 2]),
        .init("licks", times: [3, 4, 5.7]),
      ], series: series(), origin: "2021-04-05T14:13:02+02:00")
  }

  private static func series() throws -> [RecordedSeries] {
    var direction = try TimeSeries(
      values: [1, 2, 3, 350], times: .regular(start: 5, step: 20), unit: "degrees")
    direction.turn = 360
    let position = try TimeSeries(
      values: [1, 2, 3, 4, 5, 6], channelCount: 2, times: .stamps([0, 10, 25]), unit: "meters")
    return [
      RecordedSeries(
        "/acquisition/lfp",
        try TimeSeries(
          values: (0..<70_000).map(Double.init), channelCount: 2,
          times: .regular(start: -3.7, step: 1000 / 1250), unit: "V")),
      RecordedSeries("/processing/behavior/CompassDirection/head", direction),
      RecordedSeries("/processing/behavior/Position/animal", position),
      RecordedSeries(
        "/processing/behavior/speed",
        try TimeSeries(values: [.infinity, 0], times: .stamps([1, 7]))),
      RecordedSeries(
        "/stimulus/presentation/sound",
        try TimeSeries(values: [0, 1], times: .regular(start: 0, step: 1.0 / 3), unit: "Pa")),
    ]
  }

  @Test func `a session comes back`() throws {
    let folder = try FormatsFolder()
    let session = try Self.session()
    try session.write(to: folder("a.nwb"))
    #expect(folder.names == ["a.nwb"])
    let again = try Recording(contentsOf: folder("a.nwb"))
    #expect(again.spikes == session.spikes)
    #expect(again.units == session.units)
    #expect(again.intervals == session.intervals)
    #expect(again.events == session.events)
    #expect(again.origin == session.origin)
    #expect(again.notices.isEmpty)
    #expect(again.series.map(\.path) == session.series.map(\.path))
    for (found, written) in zip(again.series, session.series) {
      #expect(try found.load() == written.load(), "\(found.path)")
    }
  }

  @Test func `what was read is written as it was`() throws {
    let folder = try FormatsFolder()
    let first = try Recording(contentsOf: TestFiles.golden("nwb/example.nwb"))
    try first.write(to: folder("a.npz"))
    try Recording(contentsOf: folder("a.npz")).write(to: folder("a.nwb"))
    let again = try Recording(contentsOf: folder("a.nwb"))
    #expect(again.spikes == first.spikes)
    #expect(again.units.columns.map(\.values) == first.units.columns.map(\.values))
    #expect(again.series.map(\.path) == first.series.map(\.path))
    for (found, written) in zip(again.series, first.series) {
      #expect(found.summary.unit == written.summary.unit)
      #expect(try text(found.load().values) == text(written.load().values))
    }
  }

  /// Values with those that are not numbers, which equal nothing.
  private func text(_ values: [Double]) -> [String] { values.map { "\($0)" } }

  @Test func `whole milliseconds, and times that were read, keep every bit`() throws {
    let folder = try FormatsFolder()
    let whole = (0..<20_000).map(Double.init)
    // As a device at 30 kHz makes them.
    let samples = (0..<50_000).map { Double($0 * 37) / 30_000 * 1000 }
    let trains = try SpikeTrains(trains: [whole, samples], start: 0, stop: 100_000)
    try Recording(trains).write(to: folder("a.nwb"))
    let read = try Recording(contentsOf: folder("a.nwb")).spikes
    #expect(Array(read[0]) == whole)
    #expect(zip(read[1], samples).allSatisfy { abs($0 - $1) <= $1.ulp })
    try Recording(read).write(to: folder("b.nwb"))
    #expect(try Recording(contentsOf: folder("b.nwb")).spikes == read)
  }

  @Test func `a moment of time 0 that is not known stays so`() throws {
    let folder = try FormatsFolder()
    for origin in [nil, "yesterday"] {
      var session = try Self.session()
      session.origin = origin
      try session.write(to: folder("a.nwb"))
      #expect(try Recording(contentsOf: folder("a.nwb")).origin == nil)
    }
    #expect(try bytes(folder("a.nwb")).range(of: Data("said yesterday".utf8)) != nil)
  }

  @Test func `names that the format cannot have become others`() throws {
    let folder = try FormatsFolder()
    let units = try Table(
      ["a/b", "a_b", "spike_times", ".", ""].enumerated().map {
        Column($1, .integers([$0]))
      })
    let lone = try TimeSeries(values: [1], times: .stamps([0]))
    let session = try Recording(
      SpikeTrains(trains: [[1]], start: 0, stop: 2), units: units,
      series: ["x", "/acquisition/x", "/processing/m/a/b/c/d"].map { RecordedSeries($0, lone) })
    try session.write(to: folder("a.nwb"))
    let again = try Recording(contentsOf: folder("a.nwb"))
    let names = ["a_b", "a_b_", "spike_times_", "_", "__"]
    for (value, name) in names.enumerated() {
      #expect(again.units[name]?.values == .integers([value]))
    }
    #expect(
      again.series.map(\.path) == [
        "/acquisition/x", "/acquisition/x_", "/processing/m/a/b_c_d",
      ])
  }

  @Test func `many texts, and hundreds of series and columns`() throws {
    let folder = try FormatsFolder()
    // Longer than a heap of texts, of all lengths.
    let texts = (0..<3000).map { String(repeating: "ä", count: $0 % 97) + "\($0)" }
    let columns =
      [Column("text", .texts(texts)), Column("long", .texts(texts.map { $0 + texts[96] }))]
      + (0..<300).map { Column("column \($0)", .integers(Array(0..<3000))) }
    let lone = try TimeSeries(values: [1, 2], times: .regular(start: 0, step: 1))
    let session = try Recording(
      SpikeTrains(trains: Array(repeating: [1], count: 3000), start: 0, stop: 2),
      units: Table(columns),
      series: (0..<300).map { RecordedSeries("/acquisition/s\($0)", lone) })
    try session.write(to: folder("a.nwb"))
    let again = try Recording(contentsOf: folder("a.nwb"))
    for column in columns { #expect(again.units[column.name] == column) }
    #expect(Set(again.series.map(\.path)) == Set(session.series.map(\.path)))
  }

  @Test func `a list of names may be longer than HDF5 had room for before 1.8`() throws {
    let folder = try FormatsFolder()
    // 16 bytes of each in an attribute, which were 64 kB at most.
    let units = try Table((0..<4200).map { Column("\($0)", .integers([$0])) })
    try Recording(SpikeTrains(trains: [[]], start: 0, stop: 2), units: units)
      .write(to: folder("a.nwb"))
    let again = try Recording(contentsOf: folder("a.nwb"))
    for number in [0, 2100, 4199] {
      #expect(again.units["\(number)"]?.values == .integers([number]))
    }
  }

  @Test func `long series are deflated, and as many of a constant as are read back`() throws {
    let folder = try FormatsFolder()
    let spikes = try SpikeTrains(trains: [[1]], start: 0, stop: 2)
    // 2²² numbers are read however few bytes they are in the file.
    for (length, isSmall) in [(65_536, false), (65_537, true), (4_194_305, false)] {
      let series = try TimeSeries(
        values: Array(repeating: 2.5, count: length), times: .regular(start: 0, step: 1))
      try Recording(spikes, series: [RecordedSeries("/acquisition/x", series)])
        .write(to: folder("a.nwb"))
      #expect((try bytes(folder("a.nwb")).count < length) == isSmall)
      let again = try Recording(contentsOf: folder("a.nwb")).series
      #expect(try again.map { try $0.load().values } == [series.values])
    }
  }

  @Test func `files are written and read at the same time`() async throws {
    let folder = try FormatsFolder()
    try await withThrowingTaskGroup { group in
      for number in 0..<8 {
        let path = folder("\(number).nwb")
        group.addTask {
          let trains = try SpikeTrains(
            trains: [(0..<100_000).map { Double($0 * (number + 1)) }], start: 0, stop: 1e6)
          try Recording(trains).write(to: path)
          #expect(try Recording(contentsOf: path).spikes == trains)
        }
      }
      try await group.waitForAll()
    }
    #expect(folder.names.count == 8)
  }

  /// A spike, a series, and one that cannot be read for a reason.
  private func damaged(_ code: SpikingError.Code) throws -> Recording {
    let summary = TimeSeriesDescription(
      path: "/acquisition/x", shape: [1], unit: "", times: .stamps([0]))
    let lone = try TimeSeries(values: [1], times: .stamps([0]))
    return try Recording(
      SpikeTrains(trains: [[1]], start: 0, stop: 2),
      series: [
        RecordedSeries(summary) { () throws(SpikingError) in
          throw SpikingError(code, "x", "is damaged")
        }, RecordedSeries("/acquisition/y", lone),
      ])
  }

  @Test func `a series that cannot be read costs no other`() throws {
    let folder = try FormatsFolder()
    #expect(try damaged(.invalidData).write(to: folder("a.nwb")) == ["a series: x: is damaged"])
    #expect(
      try Recording(contentsOf: folder("a.nwb")).series.map(\.path) == ["/acquisition/y"])
  }

  @Test func `a file that fails leaves what was there`() throws {
    let folder = try FormatsFolder()
    let path = try folder.file("a.nwb", "before")
    expectError(.unreadableFile, ["x: is damaged"]) {
      try damaged(.unreadableFile).write(to: path)
    }
    #expect(folder.names == ["a.nwb"])
    #expect(try bytes(path) == Data("before".utf8))
    expectError(.unwritableFile, ["nowhere"]) {
      try damaged(.invalidData).write(to: folder("nowhere/a.nwb"))
    }
  }

  @Test func `recordings without spikes, and without anything beside them`() throws {
    let folder = try FormatsFolder()
    let silent = try SpikeTrains(trains: [[], []], start: 5, stop: 9)
    try Recording(silent).write(to: folder("a.nwb"))
    #expect(try Recording(contentsOf: folder("a.nwb")).spikes == silent)
    let series = try Recording(
      SpikeTrains(trains: [], start: 0, stop: 2),
      series: [RecordedSeries("x", TimeSeries(values: [1, 2], times: .stamps([0, 2])))])
    try series.write(to: folder("b.nwb"))
    let again = try Recording(contentsOf: folder("b.nwb"))
    #expect(again.unitCount == 0)
    #expect(again.series.map(\.path) == ["/acquisition/x"])
  }
}
