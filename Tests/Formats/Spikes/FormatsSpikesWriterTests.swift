import Foundation
import Spiking
import SpikingTestCases
import Testing

@Suite struct FormatsSpikesWriterTests {
  /// Two networks of 2 and 1 neurons; a count above 1 comes late.
  private static let events: [(neuron: UInt32, bin: UInt32, count: UInt16)] = [
    (1, 0, 1), (0, 3, 1), (2, 3, 1), (0, 4, 1), (1, 4, 2), (2, 9, 200),
  ]

  private static func trains(_ range: Range<Int>, binCount: Int = 10) throws -> BinnedSpikes {
    try BinnedSpikes(
      neurons: events[range].map(\.neuron), bins: events[range].map(\.bin),
      counts: events[range].map(\.count), binCount: binCount, dt: 0.5, networkOffsets: [0, 2, 3],
      seed: 7)
  }

  private static func writer(_ path: String) throws -> BinnedSpikesWriter {
    try BinnedSpikesWriter(path, dt: 0.5, networkOffsets: [0, 2, 3], seed: 7)
  }

  @Test(
    arguments: ["npz", "npy"], [[0, 3, 6], [0, 1, 1, 2, 3, 4, 5, 6], [0, 6, 6], [0, 0, 6]])
  func `pieces make the same file as all at once`(kind: String, borders: [Int]) throws {
    let folder = try FormatsFolder()
    try Self.trains(0..<6).write(to: folder("whole.\(kind)"))
    var writer = try Self.writer(folder("pieces.\(kind)"))
    for (start, end) in zip(borders, borders.dropFirst()) {
      // The bins of a piece may end with it.
      let bins = Self.events[..<end].last.map { Int($0.bin) + 1 } ?? 0
      try writer.append(Self.trains(start..<end, binCount: bins))
    }
    #expect(!folder.names.contains("pieces.\(kind)"))
    #expect(writer.path == folder("pieces.\(kind)"))
    try writer.finish(binCount: 10)
    #expect(folder.names == ["pieces.\(kind)", "whole.\(kind)"])
    #expect(try bytes(folder("pieces.\(kind)")) == bytes(folder("whole.\(kind)")))
  }

  @Test func `events come back`() throws {
    let folder = try FormatsFolder()
    var writer = try Self.writer(folder("a.npz"))
    try writer.append(Self.trains(0..<4))
    try writer.append(Self.trains(4..<6))
    try writer.finish(binCount: 12)
    #expect(try BinnedSpikes(contentsOf: folder("a.npz")) == Self.trains(0..<6, binCount: 12))
  }

  @Test func `events that are converted in several blocks`() throws {
    let folder = try FormatsFolder()
    let count = 200_000
    let counts = (0..<count).map { UInt16($0 % 65_535 + 1) }
    for counts in [counts, []] {
      let trains = try BinnedSpikes(
        neurons: (0..<count).map { UInt32($0 % 3) }, bins: (0..<count).map { UInt32($0 / 3) },
        counts: counts, binCount: count, dt: 0.5, networkOffsets: [0, 2, 3], seed: 7)
      try trains.write(to: folder("a.npz"))
      #expect(try BinnedSpikes(contentsOf: folder("a.npz")) == trains)
      let archive = try NumPyArchive(contentsOf: folder("a.npz"))
      #expect(try archive.array("bin") == NumPyArray((0..<count).map { UInt64($0 / 3) }))
      var writer = try Self.writer(folder("b.npz"))
      try writer.append(contentsOf: folder("a.npz"))
      try writer.finish(binCount: count)
      #expect(try bytes(folder("a.npz")) == bytes(folder("b.npz")))
    }
  }

  @Test(arguments: ["npz", "npy"]) func `no events at all`(kind: String) throws {
    let folder = try FormatsFolder()
    try Self.writer(folder("a.\(kind)")).finish(binCount: 5)
    let read = try BinnedSpikes(contentsOf: folder("a.\(kind)"))
    #expect(read.eventCount == 0 && read.binCount == 5 && read.neuronCount == 3)
    try Self.writer(folder("b.\(kind)")).finish(binCount: 0)
    #expect(try BinnedSpikes(contentsOf: folder("b.\(kind)")).binCount == 0)
  }

  @Test(arguments: ["npz", "npy"]) func `a file goes on where another ends`(kind: String) throws {
    let folder = try FormatsFolder()
    try Self.trains(0..<6).write(to: folder("whole.\(kind)"))
    try Self.trains(0..<3, binCount: 4).write(to: folder("begin.npz"))
    var writer = try Self.writer(folder("a.\(kind)"))
    try writer.append(contentsOf: folder("begin.npz"))
    try writer.append(Self.trains(3..<6))
    try writer.finish(binCount: 10)
    #expect(try bytes(folder("a.\(kind)")) == bytes(folder("whole.\(kind)")))
    // A file of no events, and one that is replaced by what is made of it.
    try Self.writer(folder("none.npz")).finish(binCount: 0)
    var next = try Self.writer(folder("begin.npz"))
    try next.append(contentsOf: folder("none.npz"))
    try next.append(contentsOf: folder("begin.npz"))
    try next.append(Self.trains(3..<6))
    try next.finish(binCount: 10)
    #expect(try BinnedSpikes(contentsOf: folder("begin.npz")) == Self.trains(0..<6))
  }

  @Test func `a file of other types goes on`() throws {
    let folder = try FormatsFolder()
    try NumPyArchive.write(
      [
        "neuron": NumPyArray([1, 0, 2]), "bin": NumPyArray([0, 3, 3] as [UInt32]),
        "count": NumPyArray([true, true, true]), "neurons": NumPyArray(scalar: 3),
        "bins": NumPyArray(scalar: 4), "dt": NumPyArray(scalar: 0.5),
        "network_offsets": NumPyArray([0, 2, 3] as [Int16]), "seed": NumPyArray(scalar: 7),
      ], to: folder("begin.npz"))
    var writer = try Self.writer(folder("a.npz"))
    try writer.append(contentsOf: folder("begin.npz"))
    try writer.append(Self.trains(3..<6))
    try writer.finish(binCount: 10)
    #expect(try BinnedSpikes(contentsOf: folder("a.npz")) == Self.trains(0..<6))
  }

  @Test(arguments: ["npz", "npy"]) func `a checkpoint at another place`(kind: String) throws {
    let folder = try FormatsFolder()
    let other = try FormatsFolder()
    try Self.trains(0..<4, binCount: 5).write(to: folder("whole.npz"))
    var writer = try Self.writer(folder("a.\(kind)"))
    try writer.append(Self.trains(0..<4))
    try writer.save(
      binCount: 5,
      adding: [
        ("state", NumPyArray([0.5, 1, 1.5])), ("model", NumPyArray(scalar: "神経 1")),
        ("empty", NumPyArray(scalar: "")),
      ], to: other("check.npz"))
    // The writer goes on.
    try writer.append(Self.trains(4..<6))
    try writer.finish(binCount: 10)
    #expect(
      try BinnedSpikes(contentsOf: folder("a.\(kind)")).spikeCount == Self.trains(0..<6).spikeCount)
    try FileManager.default.removeItem(atPath: folder("a.\(kind)"))
    #expect(folder.names == ["whole.npz"] && other.names == ["check.npz"])
    #expect(try BinnedSpikes(contentsOf: other("check.npz")) == Self.trains(0..<4, binCount: 5))
    let archive = try NumPyArchive(contentsOf: other("check.npz"))
    let whole = try NumPyArchive(contentsOf: folder("whole.npz"))
    #expect(archive.names == whole.names + ["state", "model", "empty"])
    for name in whole.names { #expect(try archive.array(name) == whole.array(name)) }
    #expect(try archive.array("state").doubles() == [0.5, 1, 1.5])
    #expect(try archive.array("model").strings() == ["神経 1"])
    #expect(try archive.array("empty").strings() == [""])
    // And on from there.
    var next = try Self.writer(folder("a.npz"))
    try next.append(contentsOf: other("check.npz"))
    try next.append(Self.trains(4..<6))
    try next.finish(binCount: 10)
    #expect(try BinnedSpikes(contentsOf: folder("a.npz")) == Self.trains(0..<6))
  }

  @Test func `other files are written meanwhile`() throws {
    let folder = try FormatsFolder()
    var first = try Self.writer(folder("first.npz"))
    var second = try Self.writer(folder("second.npz"))
    try first.append(Self.trains(0..<3))
    try second.append(Self.trains(0..<1))
    try Self.writer(folder("third.npz")).finish(binCount: 1)
    try NumPyArray([1.0]).write(to: folder("a.npy"))
    try first.append(Self.trains(3..<6))
    try first.finish(binCount: 10)
    try second.finish(binCount: 10)
    #expect(folder.names == ["a.npy", "first.npz", "second.npz", "third.npz"])
    #expect(try BinnedSpikes(contentsOf: folder("first.npz")) == Self.trains(0..<6))
    #expect(try BinnedSpikes(contentsOf: folder("second.npz")) == Self.trains(0..<1))
  }

  #if os(Linux)
    /// The most memory that this process has had, in MB.
    private static func peak() throws -> Double {
      let status = try String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8)
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
      let kilobytes = try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first)
      return try #require(Double(kilobytes)) / 1024
    }

    @Test func `memory does not grow with the events`() async {
      await #expect(processExitsWith: .success) {
        let folder = try FormatsFolder()
        let (pieces, bins, neurons) = (200, 100, 1000)
        let size = bins * neurons
        var peaks: [Double] = []
        var writer = try BinnedSpikesWriter(
          folder("a.npz"), dt: 1, networkOffsets: [0, neurons], seed: 7)
        for piece in 0..<pieces {
          let trains = try BinnedSpikes(
            neurons: (0..<size).map { UInt32($0 % neurons) },
            bins: (0..<size).map { UInt32(piece * bins + $0 / neurons) },
            binCount: (piece + 1) * bins, dt: 1, networkOffsets: [0, neurons], seed: 7)
          try writer.append(trains)
          if piece == 0 { peaks.append(try Self.peak()) }
        }
        try writer.finish(binCount: pieces * bins)
        var copy = try BinnedSpikesWriter(
          folder("b.npz"), dt: 1, networkOffsets: [0, neurons], seed: 7)
        try copy.append(contentsOf: folder("a.npz"))
        try copy.finish(binCount: pieces * bins)
        peaks.append(try Self.peak())
        // The smallest of the columns has 40 MB; blocks of the reader have 7.
        #expect(peaks[1] - peaks[0] < 20)
        for name in ["a.npz", "b.npz"] {
          let archive = try NumPyArchive(contentsOf: folder(name))
          for column in ["neuron", "bin", "count"] {
            #expect(try archive.description(of: column).shape == [pieces * size])
          }
        }
      }
    }
  #endif
}
