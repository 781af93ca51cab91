import Spiking
import SpikingTestCases
import Testing

@Suite struct BinningTests {
  @Test(arguments: [0.1, 0.3, 1, 2.5])
  func `binning the recording of a run gives back its events`(dt: Double) throws {
    var stream = RandomSource(seed: 3).stream()
    var columns: (neurons: [UInt32], bins: [UInt32], counts: [UInt16]) = ([], [], [])
    for bin in 0..<UInt32(3000) {
      for neuron in 0..<UInt32(7) where stream.uniform() < 0.3 {
        columns.neurons.append(neuron)
        columns.bins.append(bin)
        columns.counts.append(stream.uniform() < 0.1 ? 4 : 1)
      }
    }
    let trains = try BinnedSpikes(
      neurons: columns.neurons, bins: columns.bins, counts: columns.counts, binCount: 3000, dt: dt,
      networkOffsets: [0, 3, 8], seed: nil)
    #expect(trains.eventCount > 6000)
    #expect(try trains.spikeTrains.binned(width: dt, networkOffsets: [0, 3, 8]) == trains)
  }

  @Test func `bins begin with the recording and are whole`() throws {
    let recording = try SpikeTrains(
      trains: [[-5, -3.0000001, 1, 1.9], [], [2, 2.5, 4, 4.5]], start: -5, stop: 4.5)
    let trains = try recording.binned(width: 2)
    // [−5, −3), [−3, −1), [−1, 1), [1, 3); what comes from 3 on is no whole bin.
    #expect(trains.binCount == 4 && trains.dt == 2 && trains.networkOffsets == [0, 3])
    #expect(trains.neurons == [0, 0, 0, 2] && trains.bins == [0, 1, 3, 3])
    #expect(trains.counts == [1, 1, 2, 2] && trains.seed == nil)
    // An end that misses the edge by rounding alone, 3 · 0.1 > 0.3, has its last bin.
    #expect(try SpikeTrains(trains: [[]], start: 0, stop: 0.3).binned(width: 0.1).binCount == 3)
    #expect(
      try SpikeTrains(trains: [[0.3]], start: 0.1, stop: 0.3).binned(width: 0.1).binCount == 2)
  }

  @Test func `what cannot be binned is an error that names the place`() throws {
    func message(
      _ trains: [[Double]], stop: Double = 10, width: Double, offsets: [Int]? = nil
    ) throws -> String {
      let recording = try SpikeTrains(trains: trains, start: 0, stop: stop)
      let error = #expect(throws: SpikingError.self) {
        try recording.binned(width: width, networkOffsets: offsets)
      }
      return error?.description ?? ""
    }
    for width in [0, -1, Double.nan, .infinity, 10.1] {
      #expect(try message([[1]], width: width).hasPrefix("width: found \(width)"))
    }
    #expect(try message([[1]], stop: 1e6, width: 1e-4).contains("no more than 4294967295 bins"))
    #expect(try message([[1]], stop: 1e300, width: 1e-300).hasPrefix("width"))
    #expect(try message([], width: 1).contains("no neurons"))
    #expect(try message([[1]], width: 1, offsets: [0, 2]).contains("found 2 neurons"))
    #expect(try message([[], []], width: 1, offsets: [1, 2]).contains("ascending from 0"))
    let many = [Double](repeating: 3, count: 65_536)
    #expect(
      try message([[], many], width: 2)
        == "neuron 1: found 65536 spikes in bin 1 of 2.0 ms, expected at most 65535")
    let most = try SpikeTrains(trains: [Array(many.dropLast())], start: 0, stop: 10).binned(
      width: 2)
    #expect(most.counts == [65_535])
  }

  @Test func `bins can be wider than those of the run`() throws {
    let recording = try SpikeTrains(trains: [[0, 1, 2, 3, 3, 7], [5]], start: 0, stop: 8)
    let trains = try recording.binned(width: 4)
    #expect(
      trains.neurons == [0, 0, 1] && trains.bins == [0, 1, 1] && trains.counts == [5, 1, 1])
    #expect(trains.spikeCount == recording.times.count)
  }
}
