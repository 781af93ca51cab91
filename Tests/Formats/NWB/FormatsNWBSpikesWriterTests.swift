import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Simulated spikes that are written as NWB files while they come.
@Suite(.readsNWB) struct FormatsNWBSpikesWriterTests {
  /// Two networks of 2 and 1 neurons in bins of 0.1 ms; some counts are above 1, and a neuron is silent.
  private static func spikes(_ bins: Range<Int>) throws -> BinnedSpikes {
    let events = bins.filter { $0 % 3 != 1 }.flatMap { bin -> [(UInt32, UInt32, UInt16)] in
      let bin32 = UInt32(bin)
      return bin % 2 == 0 ? [(0, bin32, 1), (2, bin32, 3)] : [(2, bin32, 1)]
    }
    return try BinnedSpikes(
      neurons: events.map(\.0), bins: events.map(\.1), counts: events.map(\.2),
      binCount: bins.upperBound, dt: 0.1, networkOffsets: [0, 2, 3], seed: 7)
  }

  @Test(arguments: [[0, 5000], [0, 1, 1, 4000, 5000]])
  func `pieces become units`(borders: [Int]) throws {
    let folder = try FormatsFolder()
    let path = folder("a.nwb")
    var writer = try BinnedSpikesWriter(
      path, dt: 0.1, networkOffsets: [0, 2, 3], seed: 7, command: "spiking simulate --seed 7")
    for (start, end) in zip(borders, borders.dropFirst()) {
      try writer.append(Self.spikes(start..<end))
    }
    #expect(!folder.names.contains("a.nwb"))
    try writer.finish(binCount: 6000)
    #expect(folder.names == ["a.nwb"])
    let recording = try Recording(contentsOf: path)
    var whole = try Self.spikes(0..<5000)
    whole = try BinnedSpikes(
      neurons: whole.neurons, bins: whole.bins, counts: whole.counts, binCount: 6000, dt: 0.1,
      networkOffsets: [0, 2, 3], seed: 7)
    let expected = whole.spikeTrains
    #expect(recording.spikes.offsets == expected.offsets)
    #expect(zip(recording.spikes.times, expected.times).allSatisfy { abs($0 - $1) <= $1.ulp })
    #expect(recording.spikes.start == 0)
    #expect(recording.spikes.stop == 600)
    #expect(recording.units["network"]?.values == .integers([0, 0, 1]))
    // The same bins come back, whatever rounding did to the times.
    let bins = try recording.spikes.binned(width: 0.1, networkOffsets: [0, 2, 3])
    #expect(bins.neurons == whole.neurons)
    #expect(bins.bins == whole.bins)
    #expect(bins.counts == whole.counts)
    for text in ["seed 7", "6000 bins of 0.1 ms", "spiking simulate --seed 7", spikingVersion] {
      #expect(try bytes(path).range(of: Data(text.utf8)) != nil, "\(text)")
    }
  }

  @Test func `a run in one piece is written alike`() throws {
    let folder = try FormatsFolder()
    let spikes = try Self.spikes(0..<900)
    try spikes.write(to: folder("a.nwb"))
    try Recording(spikes).write(to: folder("b.nwb"))
    let (one, other) = (
      try Recording(contentsOf: folder("a.nwb")), try Recording(contentsOf: folder("b.nwb"))
    )
    #expect(one.spikes == other.spikes)
    #expect(one.units == other.units)
  }

  @Test func `other extensions are named`() throws {
    let folder = try FormatsFolder()
    expectError(.invalidData, ["a.txt", "npz (events), npy (dense counts) or nwb (units)"]) {
      _ = try BinnedSpikesWriter(folder("a.txt"), dt: 1, networkOffsets: [0, 1], seed: nil)
    }
  }
}

extension FormatsDiskFullTests {
  @Test(.readsNWB) func `NWB files fail whole`() async {
    await #expect(processExitsWith: .success) {
      let folder = try FormatsFolder()
      let path = try folder.file("a.nwb", "before")
      let trains = try SpikeTrains(
        trains: [(0..<5000).map(Double.init)], start: 0, stop: 5000)
      Self.limitFiles()
      expectError(.unwritableFile, [path, "File too large"]) {
        try Recording(trains).write(to: path)
      }
      #expect(folder.names == ["a.nwb"])
      #expect(try bytes(path) == Data("before".utf8))
    }
  }

  @Test(.readsNWB) func `NWB files that fail at their end do so whole`() async {
    await #expect(processExitsWith: .success) {
      let folder = try FormatsFolder()
      // The library writes the many small things only when it closes the file.
      let units = try Table((0..<100).map { Column("\($0)", .integers([$0])) })
      let session = try Recording(SpikeTrains(trains: [[]], start: 0, stop: 2), units: units)
      Self.limitFiles()
      expectError(.unwritableFile, [folder("a.nwb"), "cannot be written: File too large"]) {
        try session.write(to: folder("a.nwb"))
      }
      #expect(folder.names == [])
    }
  }
}
