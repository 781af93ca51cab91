import Spiking
import Testing

/// What is chosen of a recording: units, times, intervals.
struct RecordingSelectionTests {
  private let session: Recording

  init() throws {
    let spikes = try SpikeTrains(
      trains: [[10, 500, 1500, 2500], [20, 1200, 2900], [700, 2200]], start: 0, stop: 3000,
      observations: [[0...3000], [0...3000], [600...2400]])
    session = try Recording(
      spikes,
      units: Table([
        Column("quality", .texts(["good", "mua", "good"])),
        Column("depth", .integers([100, 200, 300])),
      ]),
      intervals: [
        IntervalTable(
          name: "trials", intervals: [0...1000, 1100...2000, 2100...3000],
          table: Table([Column("side", .texts(["left", "right", "left"]))])),
        IntervalTable(
          name: "epochs", intervals: [0...1500, 1500...3000],
          table: Table([Column("tags", .texts(["wake, maze", "sleep"]))])),
      ],
      series: [
        RecordedSeries(
          "/behavior/position",
          TimeSeries(values: [1, 2, 3], times: .regular(start: 0, step: 1000), unit: "cm"))
      ])
  }

  @Test func `units are chosen by a condition on their table and on their spikes`() throws {
    let good = try session.units(where: "quality == good")
    #expect(good.spikes.map(Array.init) == [[10, 500, 1500, 2500], [700, 2200]])
    #expect(good.units["depth"]?.values == .integers([100, 300]))
    #expect(good.spikes.observed(1) == [600...2400])
    #expect(try session.units(where: "depth < 250 and quality != good").unitCount == 1)
    // Two spikes in 1.8 s, not in 3 s.
    #expect(try session.units(where: "rate > 1.1").units["depth"]?.numbers == [100, 300])
    #expect(try session.units(where: "spikes == 3").units["depth"]?.numbers == [200])
    #expect(try session.units([2, 0]).units["depth"]?.values == .integers([300, 100]))
    let error = try #require(throws: SpikingError.self) {
      try session.units(where: "quality == noise")
    }
    #expect("\(error)".contains("no unit of 3 with quality == noise"))
  }

  @Test func `what lies between intervals is a pause`() throws {
    let left = try session.during("trials where side == left")
    #expect(left.spikes.map(Array.init) == [[10, 500, 2500], [20, 2900], [700, 2200]])
    #expect(left.spikes.observed(0) == [0...1000, 2100...3000])
    #expect(left.spikes.observed(2) == [600...1000, 2100...2400])
    // Of three spikes in two intervals of time there is one interval between spikes, not two.
    #expect(try IntervalStatistics().analyze(left.spikes)[0].meanInterval == 490)
    #expect(left.spikes.observedDuration(of: 0) == 1900)
    #expect(try session.during("maze").spikes.observed(1) == [0...1500])
    #expect(
      try session.intervals(of: "trials where duration <= 900 and start > 2000").intervals
        == [2100...3000])
  }

  @Test func `a time, an interval and a unit one after the other`() throws {
    let part = try session.during(500..<2500).during("trials").units(where: "depth == 100")
    #expect(part.spikes.map(Array.init) == [[500, 1500]])
    #expect(part.spikes.observed(0) == [500...1000, 1100...2000, 2100...2500])
    #expect(part.spikes.start == 500 && part.spikes.stop == 2500)
  }

  @Test(arguments: [
    ("rest", "no intervals \"rest\", expected one of trials, epochs"),
    ("trials where side == middle", "none of 3 trials with side == middle"),
    ("trials where colour == red", "column colour, expected one of side, start, stop, duration"),
    ("trials where", "no intervals"),
  ])
  func `intervals that are not there are told`(_ name: String, _ expected: String) throws {
    let error = try #require(throws: SpikingError.self) { try session.during(name) }
    #expect("\(error)".contains(expected), "\(error)")
  }

  @Test func `nothing observed is an error`() throws {
    let error = try #require(throws: SpikingError.self) { try session.during([4000...5000]) }
    #expect("\(error)".contains("4000.0 to 5000.0 ms"))
    #expect(throws: SpikingError.self) { try session.during(3000..<4000) }
  }

  @Test func `series are named by the end of their path`() throws {
    #expect(try session.series(named: "position").load().values == [1, 2, 3])
    #expect(try session.series(named: "/behavior/position").name == "position")
    let error = try #require(throws: SpikingError.self) { try session.series(named: "speed") }
    #expect(error.code == .unknownName && "\(error)".contains("one of /behavior/position"))
  }

  @Test func `spikes in bins stay so, and their networks networks`() throws {
    let spikes = try BinnedSpikes(
      neurons: [0, 3, 1, 2, 3], bins: [0, 0, 4, 4, 9], counts: [1, 2, 1, 1, 1], binCount: 10,
      dt: 2, networkOffsets: [0, 2, 4], seed: 5)
    let chosen = try Recording(spikes).units([1, 3])
    #expect(
      try chosen.bins
        == BinnedSpikes(
          neurons: [1, 0, 1], bins: [0, 4, 9], counts: [2, 1, 1], binCount: 10, dt: 2,
          networkOffsets: [0, 1, 2], seed: 5))
    #expect(try Recording(spikes).units([2, 3]).bins?.networkOffsets == [0, 2])
    #expect(throws: SpikingError.self) { try spikes.selecting([0, 2, 1]) }
    #expect(throws: SpikingError.self) { try spikes.selecting([4]) }
  }

  @Test func `what contradicts itself is no recording`() throws {
    #expect(throws: SpikingError.self) {
      try Recording(session.spikes, units: Table(rowCount: 2))
    }
    #expect(throws: SpikingError.self) {
      try Recording(session.spikes, intervals: session.intervals + [session.intervals[0]])
    }
    #expect(throws: SpikingError.self) {
      try Table([Column("a", .integers([1])), Column("b", .integers([1, 2]))])
    }
    #expect(throws: SpikingError.self) {
      try Table([Column("a", .integers([1])), Column("a", .integers([2]))])
    }
    #expect(throws: SpikingError.self) { try IntervalTable(name: "a/b", intervals: []) }
    #expect(throws: SpikingError.self) {
      try IntervalTable(name: "a", intervals: [0 ... .infinity])
    }
  }
}
