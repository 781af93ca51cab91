import Spiking
import Testing

@Suite struct SpikeTrainsPartTests {
  @Test func `a part has the spikes from its beginning until before its end`() throws {
    let spikes = try SpikeTrains(trains: [[1, 5, 12, 20], [], [6]], start: 0, stop: 20)
    let part = spikes.during(5..<12)
    #expect(part == (try SpikeTrains(trains: [[5], [], [6]], start: 5, stop: 12)))
    // The end of the recording belongs to it.
    #expect(
      spikes.during(12..<30) == (try SpikeTrains(trains: [[12, 20], [], []], start: 12, stop: 20)))
    #expect(spikes.during(-5..<21) == spikes)
  }

  @Test func `observations are those of the part`() throws {
    let spikes = try SpikeTrains(
      trains: [[1, 5], [6, 15]], start: 0, stop: 20, observations: [[0...4, 8...20], [0...20]])
    let part = spikes.during(2..<10)
    #expect(part.observations == [[2...4, 8...10], [2...10]])
    #expect(part.observedSpikeCount(of: 0) == 0 && part.observedSpikeCount(of: 1) == 1)
    // Where all neurons were observed throughout the part, nothing needs to be said.
    #expect(spikes.during(9..<20).observations == [])
    #expect(spikes.during(5..<7).observedDuration(of: 0) == 0)
  }

  /// Times of simulations are multiples of dt only up to rounding.
  @Test func `a spike in the bin at which a part begins belongs to it`() throws {
    for bin in 1..<2000 {
      let spikes = try BinnedSpikes(
        neurons: [0], bins: [UInt32(bin)], binCount: 2001, dt: 0.1, networkOffsets: [0, 1],
        seed: nil
      ).spikeTrains
      let edge = Double(bin) / 10
      #expect(spikes.during(edge..<201).times.count == 1)
      #expect(spikes.during(0..<edge).times.isEmpty)
    }
  }
}
