import Foundation
import Spiking
import SpikingTestCases
import Testing

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

@Suite struct FormatsSpikesTests {
  private func trains(counts: [UInt16] = [1, 1, 2, 1]) throws -> BinnedSpikes {
    try BinnedSpikes(
      neurons: [1, 0, 2, 2], bins: [0, 3, 3, 9], counts: counts, binCount: 10, dt: 0.5,
      networkOffsets: [0, 2, 3], seed: .max)
  }

  @Test func `events as NumPy writes them`() throws {
    #expect(try BinnedSpikes(contentsOf: numPyFile("events.npz")) == trains())
  }

  @Test func `events come back`() throws {
    let folder = try FormatsFolder()
    for counts in [[1, 1, 2, 1], [], [1, 65_535, 300, 1]] as [[UInt16]] {
      let path = folder("spikes.npz")
      try trains(counts: counts).write(to: path)
      #expect(try BinnedSpikes(contentsOf: path) == trains(counts: counts))
    }
    #expect(folder.names == ["spikes.npz"])
  }

  @Test func `events have the promised arrays`() throws {
    let folder = try FormatsFolder()
    let path = folder("spikes.npz")
    try trains(counts: []).write(to: path)
    let archive = try NumPyArchive(contentsOf: path)
    let expected: [(String, NumPyArray)] = [
      ("neuron", NumPyArray([1, 0, 2, 2] as [UInt32])),
      ("bin", NumPyArray([0, 3, 3, 9] as [UInt64])),
      ("count", NumPyArray([1, 1, 1, 1] as [UInt16])), ("neurons", NumPyArray(scalar: Int64(3))),
      ("bins", NumPyArray(scalar: Int64(10))), ("dt", NumPyArray(scalar: 0.5)),
      ("network_offsets", NumPyArray([0, 2, 3] as [Int64])),
      ("seed", NumPyArray(scalar: UInt64.max)), ("version", NumPyArray(scalar: spikingVersion)),
    ]
    #expect(archive.names == expected.map(\.0))
    for (name, array) in expected { #expect(try archive.array(name) == array, "\(name)") }
  }

  @Test func `no spikes at all`() throws {
    let folder = try FormatsFolder()
    let silent = try BinnedSpikes(
      neurons: [], bins: [], binCount: 0, dt: 1, networkOffsets: [0, 2], seed: nil)
    for name in ["silent.npz", "silent.npy"] {
      try silent.write(to: folder(name))
      #expect(try BinnedSpikes(contentsOf: folder(name)) == silent)
    }
  }

  private static let events: [(name: String, array: NumPyArray)] = [
    ("neuron", NumPyArray([1, 0, 2] as [UInt32])), ("bin", NumPyArray([0, 3, 3])),
    ("count", NumPyArray([1, 1, 2])), ("neurons", NumPyArray(scalar: 3)),
    ("bins", NumPyArray(scalar: 10)), ("dt", NumPyArray(scalar: 0.5)),
    ("network_offsets", NumPyArray([0, 3])), ("seed", NumPyArray(scalar: 0)),
  ]

  @Test(arguments: [
    ("neuron", NumPyArray([1, 0, 3]), ["neuron[2]", "found 3", "below 3"]),
    ("neuron", NumPyArray([1, 0, -1]), ["neuron", "data[2]", "found -1"]),
    ("neuron", NumPyArray([1, 0, 0.5]), ["neuron", "data[2]", "found 0.5"]),
    ("neuron", NumPyArray([1, 0]), ["count", "2 neurons, 3 bins"]),
    ("neuron", NumPyArray([1, 0, 2], shape: [3, 1]), ["neuron", "shape", "(3, 1)"]),
    ("bin", NumPyArray([0, 3, 10]), ["bin[2]", "found 10", "below 10"]),
    ("bin", NumPyArray([3, 0, 3]), ["bin[1]", "sorted"]),
    ("bin", NumPyArray([0, 3, 1 << 32]), ["bin", "data[2]", "4294967296"]),
    ("count", NumPyArray([1, 0, 1]), ["count[1]", "found 0", "at least 1"]),
    ("count", NumPyArray([1, 1, 70_000]), ["count", "data[2]", "70000"]),
    ("neurons", NumPyArray(scalar: 4), ["network_offsets", "[0, 3]", "4"]),
    ("neurons", NumPyArray([3, 3]), ["neurons", "shape", "(2,)", "one number"]),
    ("bins", NumPyArray(scalar: -1), ["bins", "found -1"]),
    ("dt", NumPyArray(scalar: 0.0), ["dt", "found 0.0", "positive"]),
    ("dt", NumPyArray(scalar: Double.nan), ["dt", "found nan"]),
    ("network_offsets", NumPyArray([0, 5, 3]), ["network_offsets", "[0, 5, 3]"]),
    ("network_offsets", NumPyArray([1, 3]), ["network_offsets", "[1, 3]"]),
    ("seed", NumPyArray(scalar: -1), ["seed", "found -1"]),
  ]) func `wrong events are errors`(
    _ name: String, _ array: NumPyArray, _ parts: [String]
  ) throws {
    let folder = try FormatsFolder()
    let path = folder("wrong.npz")
    try NumPyArchive.write(
      Self.events.map { $0.name == name ? (name, array) : $0 }, to: path)
    expectError(.invalidData, [path] + parts) { _ = try BinnedSpikes(contentsOf: path) }
  }

  /// All but the seed, which spikes that were not simulated do not have.
  @Test(arguments: events.map(\.name).filter { $0 != "seed" })
  func `missing arrays are errors`(_ name: String) throws {
    let folder = try FormatsFolder()
    let path = folder("wrong.npz")
    try NumPyArchive.write(Self.events.filter { $0.name != name }, to: path)
    expectError(.unknownName, [path, "array \(name)"]) { _ = try BinnedSpikes(contentsOf: path) }
  }

  @Test func `dense counts as NumPy writes them`() throws {
    let folder = try FormatsFolder()
    let read = try BinnedSpikes(contentsOf: numPyFile("dense.npy"), dt: 0.5)
    #expect(read.neurons == [1, 0, 2, 2] && read.bins == [0, 3, 3, 9])
    #expect(read.counts == [1, 1, 2, 1])
    #expect(read.networkOffsets == [0, 3] && read.binCount == 10 && read.dt == 0.5)
    #expect(try BinnedSpikes(contentsOf: numPyFile("dense.npy")).dt == 1)
    try trains().write(to: folder("dense.npy"))
    #expect(try bytes(folder("dense.npy")) == bytes(numPyFile("dense.npy")))
  }

  @Test func `dense counts longer than a piece`() throws {
    let folder = try FormatsFolder()
    let bins: [UInt32] = [0, (1 << 20) - 1, 1 << 20, (1 << 21) + 5]
    let long = try BinnedSpikes(
      neurons: [0, 1, 0, 1], bins: bins, counts: [1, 255, 1, 1], binCount: (1 << 21) + 6, dt: 1,
      networkOffsets: [0, 2], seed: nil)
    try long.write(to: folder("long.npy"))
    #expect(try BinnedSpikes(contentsOf: folder("long.npy")) == long)
  }

  @Test func `dense counts of other types`() throws {
    let folder = try FormatsFolder()
    let values = [0, 1, 0, 1, 0, 1]
    let arrays = [
      NumPyArray(values.map { $0 == 1 }, shape: [2, 3]), NumPyArray(values, shape: [2, 3]),
      NumPyArray(values.map { Int8($0) }, shape: [2, 3]),
      NumPyArray(values.map { UInt16($0) }, shape: [2, 3]),
    ]
    for array in arrays {
      try array.write(to: folder("a.npy"))
      let read = try BinnedSpikes(contentsOf: folder("a.npy"))
      #expect(read.neurons == [1, 0, 1] && read.bins == [0, 1, 2] && read.counts == [])
    }
  }

  private static let wrongCounts: [(NumPyArray, Double, [String])] = [
    (NumPyArray([0, -1, 0, 0], shape: [2, 2]), 1.0, ["data[0, 1]", "found -1"]),
    (NumPyArray([0, 0, 70_000, 0], shape: [2, 2]), 1, ["data[1, 0]", "found 70000"]),
    (NumPyArray([0, 1]), 1, ["shape", "(2,)", "(neurons, bins)"]),
    (NumPyArray([UInt8](), shape: [0, 2]), 1, ["shape", "(0, 2)"]),
    (NumPyArray([0.5, 1], shape: [1, 2]), 1, ["descr", "<f8", "whole numbers"]),
    (NumPyArray([0, 1], shape: [1, 2]), 0, ["dt", "found 0.0"]),
  ]

  @Test(arguments: wrongCounts) func `wrong dense counts are errors`(
    _ array: NumPyArray, _ dt: Double, _ parts: [String]
  ) throws {
    let folder = try FormatsFolder()
    try array.write(to: folder("wrong.npy"))
    expectError(.invalidData, [folder("wrong.npy")] + parts) {
      _ = try BinnedSpikes(contentsOf: folder("wrong.npy"), dt: dt)
    }
  }

  @Test func `what cannot be saved leaves nothing`() throws {
    let folder = try FormatsFolder()
    let many = try trains(counts: [1, 1, 256, 1])
    expectError(.invalidData, [folder("a.npy"), "neuron 2 in bin 3", "256", "255"]) {
      try many.write(to: folder("a.npy"))
    }
    expectError(.invalidData, [folder("a.txt"), "\"txt\"", "npz", "npy"]) {
      try many.write(to: folder("a.txt"))
    }
    expectError(.unwritableFile, [folder("no/a.npz")]) {
      try many.write(to: folder("no/a.npz"))
    }
    #expect(folder.names == [])
  }

  @Test func `recordings of times in any order`() throws {
    let folder = try FormatsFolder()
    let recording = try Recording(contentsOf: numPyFile("times.npz"))
    let expected = try SpikeTrains(trains: [[1.25, 1.25], [], [0.75, 5.5]], start: -1, stop: 10)
    #expect(recording.spikes == expected && recording.bins == nil)
    try expected.write(to: folder("times.npz"))
    #expect(try SpikeTrains(contentsOf: folder("times.npz")) == expected)
    let archive = try NumPyArchive(contentsOf: folder("times.npz"))
    #expect(archive.names == ["neuron", "time", "neurons", "start", "stop", "version"])
    #expect(try archive.array("neuron") == NumPyArray([0, 0, 2, 2] as [UInt32]))
    #expect(try archive.array("neurons") == NumPyArray(scalar: Int64(3)))
  }

  @Test func `recordings of bins`() throws {
    let events = try Recording(contentsOf: numPyFile("events.npz"))
    #expect(try events.bins == trains())
    #expect(events.spikes == (try trains()).spikeTrains)
    let dense = try Recording(
      contentsOf: numPyFile("dense.npy"), settings: ReadingSettings(dt: 2))
    #expect(dense.bins?.dt == 2)
    #expect(Array(dense.spikes[2]) == [6, 6, 18])
  }

  private static let times: [(name: String, array: NumPyArray)] = [
    ("neuron", NumPyArray([1, 0, 1])), ("time", NumPyArray([0.5, 2, 9])),
    ("neurons", NumPyArray(scalar: 2)), ("start", NumPyArray(scalar: 0.0)),
    ("stop", NumPyArray(scalar: 10.0)),
  ]

  @Test(arguments: [
    ("neuron", NumPyArray([1, 0, 2]), ["neuron[2]", "found 2", "below 2"]),
    ("neuron", NumPyArray([1, 0]), ["time", "3 times for 2 neurons"]),
    ("time", NumPyArray([0.5, .nan, 9]), ["time[1]", "found nan"]),
    ("time", NumPyArray([0.5, 2, 10.5]), ["time[2]", "found 10.5", "0.0 to 10.0"]),
    ("time", NumPyArray([-0.5, 2, 9]), ["time[0]", "found -0.5"]),
    ("neurons", NumPyArray(scalar: -2), ["neurons", "found -2"]),
    ("neurons", NumPyArray(scalar: 1 << 40), ["neurons", "found 1099511627776"]),
    ("stop", NumPyArray(scalar: Double.nan), ["stop", "found 0.0, nan"]),
  ]) func `wrong times are errors`(
    _ name: String, _ array: NumPyArray, _ parts: [String]
  ) throws {
    let folder = try FormatsFolder()
    let path = folder("wrong.npz")
    try NumPyArchive.write(Self.times.map { $0.name == name ? (name, array) : $0 }, to: path)
    expectError(.invalidData, [path] + parts) { _ = try Recording(contentsOf: path) }
  }

  @Test func `other files are no recordings`() throws {
    let folder = try FormatsFolder()
    expectError(.invalidData, ["stored.npz", "weights, names, count", "time or bin"]) {
      _ = try Recording(contentsOf: numPyFile("stored.npz"))
    }
    let other = try folder.file("a.wav", "")
    expectError(.invalidData, [other, "\"wav\"", "npz", "npy"]) {
      _ = try Recording(contentsOf: other)
    }
    expectError(.unreadableFile, [folder("no.wav"), "No such file"]) {
      _ = try Recording(contentsOf: folder("no.wav"))
    }
  }

  @Test func `a place is a path, a URL or a FilePath`() throws {
    let folder = try FormatsFolder()
    let url = URL(filePath: folder("a b.npz"))
    try trains().write(to: url)
    #expect(try BinnedSpikes(contentsOf: folder("a b.npz")) == trains())
    #expect(try Recording(contentsOf: url).bins == trains())
    #expect(try SpikeTrains(contentsOf: url) == trains().spikeTrains)
    #expect(try BinnedSpikes(contentsOf: FilePath(folder("a b.npz"))) == trains())
  }
}
