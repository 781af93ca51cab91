import Spiking
import SpikingTestCases
import Testing

@Suite struct BinnedSpikesTests {
  private func trains() throws -> BinnedSpikes {
    try BinnedSpikes(
      neurons: [1, 3, 0, 1, 1], bins: [0, 0, 2, 2, 5], counts: [1, 1, 1, 3, 1], binCount: 6,
      dt: 0.5,
      networkOffsets: [0, 3, 4], seed: 8)
  }

  @Test func `events count spikes and neurons`() throws {
    let trains = try trains()
    #expect(trains.neuronCount == 4 && trains.networkCount == 2 && trains.duration == 3)
    #expect(trains.eventCount == 5 && trains.spikeCount == 7)
    #expect(trains.neurons(ofNetwork: 1) == 3..<4)
  }

  @Test func `a network's own spikes are numbered from its first neuron`() throws {
    let second = try trains().network(1)
    #expect(second.neurons == [0] && second.bins == [0] && second.counts.isEmpty)
    #expect(try trains().network(0).counts == [1, 1, 3, 1])
  }

  @Test func `a recording has the times at which the bins start`() throws {
    let recording = try trains().spikeTrains
    #expect(recording.neuronCount == 4 && recording.start == 0 && recording.stop == 3)
    #expect(Array(recording[0]) == [1] && Array(recording[1]) == [0, 1, 1, 1, 2.5])
    #expect(recording[2].isEmpty && Array(recording[3]) == [0])
    #expect(try Array(recording.selecting([3, 0]).times) == [0, 1])
    #expect(throws: SpikingError.self) { try recording.selecting([4]) }
  }

  @Test func `events are a collection`() throws {
    let events = try trains().events
    #expect(events.count == 5 && events.map(\.neuron) == [1, 3, 0, 1, 1])
    #expect(events.filter { $0.bin == 2 }.map(\.count) == [1, 3])
    #expect(events.last?.bin == 5)
  }

  @Test func `dense counts have a list for each neuron`() throws {
    let counts = try trains().denseCounts()
    #expect(
      counts == [
        [0, 0, 1, 0, 0, 0], [1, 0, 3, 0, 0, 1], [0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0],
      ])
    #expect(
      try BinnedSpikes(counts: counts, dt: 0.5, networkOffsets: [0, 3, 4], seed: 8) == trains())
    for (wrong, message) in [
      ([[1], [0, 1]], "counts[1]: found 2 bins, expected 1, as of neuron 0"),
      ([[0, -1]], "counts[0][1]: found -1, expected 0 to 65535"),
      ([[65_536]], "counts[0][0]: found 65536, expected 0 to 65535"),
      ([], "network_offsets: found [0, 0], expected ascending from 0"),
    ] {
      let error = #expect(throws: SpikingError.self) { try BinnedSpikes(counts: wrong, dt: 1) }
      #expect(error?.description == message)
    }
  }

  @Test func `spike trains are a collection of trains`() throws {
    let trains = try trains().spikeTrains
    #expect(trains.count == 4 && trains.map(\.count) == [1, 5, 0, 1])
    #expect(trains.map { $0.last ?? -1 } == [1, 2.5, -1, 0])
    #expect(trains.indices == 0..<4 && Array(trains.dropFirst(3)) == [[0]])
  }

  @Test func `columns that are no events are errors that name the field`() {
    func message(
      _ neurons: [UInt32], _ bins: [UInt32], _ counts: [UInt16] = [], bins binCount: Int = 6,
      dt: Double = 1, offsets: [Int] = [0, 4]
    ) -> String {
      let error = #expect(throws: SpikingError.self) {
        try BinnedSpikes(
          neurons: neurons, bins: bins, counts: counts, binCount: binCount, dt: dt,
          networkOffsets: offsets, seed: 0)
      }
      return error?.description ?? ""
    }
    #expect(message([4], [0]).contains("neuron[0]: found 4"))
    #expect(message([0], [6]).contains("bin[0]: found 6"))
    #expect(message([1, 0], [0, 0]).contains("not sorted"))
    #expect(message([0, 0], [0, 0]).contains("not sorted"))
    #expect(message([0, 1], [0]).contains("2 neurons, 1 bins"))
    #expect(message([0], [0], [1, 1]).contains("2 counts"))
    #expect(message([0, 1], [0, 0], [1, 0]).contains("count[1]: found 0"))
    #expect(message([0], [0], dt: 0).contains("dt"))
    #expect(message([0], [0], bins: -1).contains("bins"))
    #expect(message([0], [0], offsets: [0, 0]).contains("network_offsets"))
  }

  @Test func `recordings are checked too`() {
    for (trains, start, stop) in [
      ([[2.0, 1]], 0.0, 3.0), ([[-1.0]], 0, 3), ([[4.0]], 0, 3), ([[Double.nan]], 0, 3),
      ([[]], 3, 0),
    ] {
      #expect(throws: SpikingError.self) {
        try SpikeTrains(trains: trains, start: start, stop: stop)
      }
    }
  }

  @Test func `100 s of 500 neurons at 8 Hz take under 8 MB`() async throws {
    let networks = try NormalGenerator(neurons: 50, std: 5, glorot: true).networks(
      count: 10, seed: 1)
    let spikes = try await Simulator(BernoulliGLM()).run(networks, steps: 100_000, seed: 1)
    let rate = Double(spikes.spikeCount) / 500 / 100
    #expect(rate > 6 && rate < 9)
    let bytes =
      4 * spikes.neurons.capacity + 4 * spikes.bins.capacity + 2 * spikes.counts.capacity
    #expect(bytes < 8_000_000, "\(spikes.eventCount) spikes in \(bytes) bytes")
  }
}
