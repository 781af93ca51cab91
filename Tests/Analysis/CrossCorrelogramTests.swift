import Spiking
import SpikingTestCases
import Testing

@Suite struct CrossCorrelogramTests {
  private struct Golden: Decodable {
    struct Pair: Decodable {
      let pair: [Int]
      let counts, corrected: [Double]
    }

    let stop: Double
    let lags: Int
    let times: [[Double]]
    let correlograms: [Pair]
  }

  @Test func `counts equal elephant's`() throws {
    let stored = try golden("correlogram", as: Golden.self)
    let recording = try SpikeTrains(trains: stored.times, start: 0, stop: stored.stop)
    var measure = CrossCorrelogram(binWidth: 1, longestLag: Double(stored.lags))
    let counts = try measure.analyze(recording)
    measure.isCorrected = true
    let corrected = try measure.analyze(recording)
    #expect(counts.lags == (-stored.lags...stored.lags).map(Double.init))
    for pair in stored.correlograms {
      #expect(Array(counts[pair.pair[0], pair.pair[1]]) == pair.counts, "\(pair.pair)")
      for (own, value) in zip(corrected[pair.pair[0], pair.pair[1]], pair.corrected) {
        #expect(abs(own - value) <= 1e-12 * max(1, value), "\(pair.pair)")
      }
    }
    #expect(counts[0, 3].allSatisfy { $0 == 0 })
  }

  /// A pair of spikes for a pair of spikes, of trains that were observed in stretches.
  @Test func `counts are those of all differences`() async throws {
    var stream = RandomSource(seed: 8).stream()
    let trains = (0..<4).map { _ in (0..<200).map { _ in stream.flat(0, 1000) }.sorted() }
    let stretches: [[ClosedRange<Double>]] = [
      [0...1000], [0...400, 500...1000], [100...700], [0...1000],
    ]
    let recording = try SpikeTrains(
      trains: trains, start: 0, stop: 1000, observations: stretches)
    let measure = CrossCorrelogram(binWidth: 2.5, longestLag: 20)
    let found = try measure.analyze(recording)
    #expect(found.lags.count == 17)
    let windows: [[ClosedRange<Double>]] = [[0...400, 500...1000], [100...400, 500...700]]
    for (pair, windows) in zip([(0, 1), (1, 2)], windows) {
      var expected = [Double](repeating: 0, count: 17)
      for window in windows {
        for one in trains[pair.0] where window.contains(one) {
          for other in trains[pair.1] where window.contains(other) {
            let bin = Int(((other - one) / 2.5).rounded())
            if abs(bin) <= 8 { expected[bin + 8] += 1 }
          }
        }
      }
      #expect(Array(found[pair.0, pair.1]) == expected && expected.contains { $0 > 0 })
      #expect(Array(found[pair.1, pair.0]) == expected.reversed())
    }
    // A train with itself: both orders of two spikes, none of one with itself.
    #expect(Array(found[3, 3]) == found[3, 3].reversed())
    for threads in [1, 3] {
      #expect(
        try await measure.analyze(recording, execution: .init(threads: threads)) == found)
    }
  }

  @Test func `a shift of all times changes nothing, and differences on edges are symmetric`() throws
  {
    let trains = [[10.0, 12, 15.5, 30], [11.5, 12, 14.5, 33]]
    let shift = 1e9
    let here = try SpikeTrains(trains: trains, start: 0, stop: 40)
    let there = try SpikeTrains(
      trains: trains.map { $0.map { $0 + shift } }, start: shift, stop: shift + 40)
    let measure = CrossCorrelogram(binWidth: 1, longestLag: 6)
    let found = try measure.analyze(here)
    #expect(found == (try measure.analyze(there)))
    #expect(Array(found[0, 1]) == found[1, 0].reversed())
    // Differences of 1.5, 2.5, −0.5 and −3.5 are edges, and lie in the bins of 2, 3, −1 and −4.
    #expect(Array(found[0, 1]) == [0, 0, 2, 0, 0, 2, 1, 0, 2, 2, 0, 1, 0])
  }

  @Test func `settings that do not fit are errors`() throws {
    let recording = try SpikeTrains(trains: [[1], [2]], start: 0, stop: 10)
    for measure in [
      CrossCorrelogram(binWidth: 0), CrossCorrelogram(binWidth: .nan, longestLag: 5),
      CrossCorrelogram(binWidth: 1, longestLag: 11), CrossCorrelogram(binWidth: 1, longestLag: -1),
      CrossCorrelogram(binWidth: 11, longestLag: 5),
      CrossCorrelogram(binWidth: 1e-9, longestLag: 5),
    ] {
      #expect(throws: SpikingError.self, "\(measure)") { try measure.analyze(recording) }
    }
  }
}
