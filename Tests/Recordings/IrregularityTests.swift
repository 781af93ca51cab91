import Spiking
import Testing

/// What is odd about recordings, one thing at a time.
struct IrregularityTests {
  private func found(
    _ trains: [[Double]], start: Double = 0, stop: Double = 100_000,
    observations: [[ClosedRange<Double>]] = []
  ) throws -> [Irregularity] {
    try Recording(
      SpikeTrains(trains: trains, start: start, stop: stop, observations: observations)
    ).irregularities()
  }

  /// Spikes every 100 ms, shifted by a tenth more each: nothing is odd.
  private func regular(_ shift: Double = 0) -> [Double] {
    (0..<999).map { 100 * Double($0) + 10 + shift + Double($0 % 7) }
  }

  @Test func `of a plain recording there is nothing`() throws {
    #expect(try found([regular(), regular(37)]) == [])
  }

  @Test func `times before zero and far from it`() throws {
    let early = try found([[-3, -2] + regular(), regular(37)], start: -10)
    #expect(
      early == [Irregularity(.timesBeforeZero, "2 spikes of unit 0, kept")])
    let shifted = try found(
      [regular().map { $0 + 1.6e12 }], start: 1.6e12, stop: 1.6e12 + 100_000)
    #expect(shifted.map(\.kind) == [.distantOrigin])
  }

  @Test func `duplicates and intervals below 1 ms`() throws {
    let twice = (regular() + [regular()[5], regular()[8]]).sorted()
    #expect(
      try found([twice, regular(37)]) == [
        Irregularity(.duplicates, "2 spikes of unit 0 at the time of another of the unit, kept")
      ])
    // 6 of 1004 intervals are 0.6 %, 4 are too few.
    for (count, kinds) in [(6, [Irregularity.Kind.refractoryViolations]), (4, [])] {
      let close = (regular() + regular().prefix(count).map { $0 + 0.75 }).sorted()
      let irregularities = try found([close, regular(37)])
      #expect(irregularities.map(\.kind) == kinds)
      #expect(irregularities.allSatisfy { $0.message.contains("unit 0") })
    }
  }

  @Test func `spikes outside of the observation`() throws {
    let observed: [[ClosedRange<Double>]] = [[0...50_000, 60_000...100_000], [0...100_000]]
    let irregularities = try found([regular(), regular(37)], observations: observed)
    #expect(
      irregularities == [
        Irregularity(
          .outsideObservation, "100 spikes of unit 0, which statistics and fits leave out")
      ])
  }

  @Test func `a spike sorted twice`() throws {
    // Every third spike of the first is one of the second, 0.3 ms later.
    let second =
      (regular(37) + regular().enumerated().filter { $0.offset % 3 == 0 }.map { $1 + 0.3 })
      .sorted()
    let irregularities = try found([regular(), second, regular(61)])
    #expect(irregularities.map(\.kind) == [.coincidentUnits])
    #expect(irregularities[0].message.contains("units 0 and 1 have 333 spikes within 0.5 ms"))
    // 0.6 ms are too far apart.
    let apart =
      (regular(37) + regular().enumerated().filter { $0.offset % 3 == 0 }.map { $1 + 0.6 })
      .sorted()
    #expect(try found([regular(), apart]) == [])
  }

  @Test func `a lost unit, and a device that paused`() throws {
    let lost = try found([regular(), regular(37).filter { $0 < 60_000 }])
    #expect(lost.map(\.kind) == [.silence] && lost[0].message.contains("unit 1"))
    let paused = [regular(), regular(37)].map { $0.filter { !(40_000...50_000 ~= $0) } }
    let pause = try found(paused)
    #expect(pause.map(\.kind) == [.silence] && pause[0].message.contains("all units at once"))
    // Where the file says so, it is a pause and nothing odd.
    let observed = Array(repeating: [0...40_000.0, 50_000...100_000], count: 2)
    #expect(try found(paused, observations: observed) == [])
  }

  @Test func `series with gaps, other steps and missing values`() throws {
    let stamps = (0..<100).map { (sample: Int) -> Double in
      let late: Double = sample >= 50 ? 500 : 0
      return Double(sample) * 10 + late + (sample == 20 ? 3 : 0)
    }
    var values = [Double](repeating: 1, count: 200)
    values[7] = .nan
    let series = try TimeSeries(values: values, channelCount: 2, times: .stamps(stamps))
    let recording = try Recording(
      SpikeTrains(trains: [], start: 0, stop: 1500), series: [RecordedSeries("/speed", series)])
    let irregularities = try recording.irregularities()
    #expect(irregularities.map(\.kind) == [.gaps, .irregularSampling, .missingValues])
    #expect(irregularities[0].message.contains("/speed: 1, the longest of 510.0 ms"))
    #expect(irregularities[1].message.contains("2 of 99 steps"))
    #expect(irregularities[2].message.contains("1 of 200 values"))
    #expect(
      try recording.irregularities(largestSeries: 100).map(\.kind)
        == [.gaps, .irregularSampling, .leftOut])
  }

  @Test func `bins say nothing of coincidences`() throws {
    let spikes = try BinnedSpikes(
      neurons: (0..<200).map { UInt32($0 % 2) }, bins: (0..<200).map { UInt32($0 / 2 * 10) },
      binCount: 1000, dt: 1, networkOffsets: [0, 2], seed: nil)
    #expect(try Recording(spikes).irregularities() == [])
  }
}
