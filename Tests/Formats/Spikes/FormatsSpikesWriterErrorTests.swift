import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What the writer of spikes refuses, and that nothing is left then.
@Suite struct FormatsSpikesWriterErrorTests {
  private static func writer(_ path: String) throws -> BinnedSpikesWriter {
    try BinnedSpikesWriter(path, dt: 1, networkOffsets: [0, 3], seed: 7)
  }

  /// `count` events from bin `start` on, one in each bin.
  private static func trains(
    _ count: Int, from start: Int = 0, dt: Double = 1, offsets: [Int] = [0, 3],
    counts: [UInt16] = [], seed: UInt64? = 7
  ) throws -> BinnedSpikes {
    try BinnedSpikes(
      neurons: (0..<count).map { UInt32($0 % 3) },
      bins: (start..<(start + count)).map { UInt32($0) }, counts: counts, binCount: start + count,
      dt: dt, networkOffsets: offsets, seed: seed)
  }

  @Test(arguments: ["npz", "npy"]) func `an abandoned writer leaves nothing`(kind: String) throws {
    struct Interruption: Error {}
    let folder = try FormatsFolder()
    func interrupted(_ path: String) throws {
      var writer = try Self.writer(path)
      try writer.append(Self.trains(100_000))
      #expect(folder.names.contains { $0.hasPrefix(".") })
      throw Interruption()
    }
    #expect(throws: Interruption.self) { try interrupted(folder("a.\(kind)")) }
    #expect(folder.names == [])
    let before = try folder.file("a.\(kind)", "before")
    #expect(throws: Interruption.self) { try interrupted(before) }
    #expect(folder.names == ["a.\(kind)"])
    #expect(try bytes(before) == Data("before".utf8))
  }

  @Test(arguments: ["npz", "npy"])
  func `places that cannot be written are errors at once`(kind: String) throws {
    let folder = try FormatsFolder()
    try FileManager.default.createDirectory(
      atPath: folder("folder.\(kind)"), withIntermediateDirectories: false)
    let file = try folder.file("file", "")
    for (path, reason) in [
      (folder("no/a.\(kind)"), "No such file or directory"),
      (folder("folder.\(kind)"), "Is a directory"), ("\(file)/a.\(kind)", "Not a directory"),
      ("/proc/a.\(kind)", "cannot be written"),
    ] {
      expectError(.unwritableFile, [path, reason]) { _ = try Self.writer(path) }
    }
    expectError(.invalidData, [folder("a.txt"), "\"txt\"", "npz", "npy"]) {
      _ = try Self.writer(folder("a.txt"))
    }
    #expect(folder.names == ["file", "folder.\(kind)"])
  }

  @Test func `a checkpoint that cannot be written leaves nothing`() throws {
    let folder = try FormatsFolder()
    for kind in ["npz", "npy"] {
      expectError(.unwritableFile, [folder("no/b.npz"), "No such file or directory"]) {
        var writer = try Self.writer(folder("a.\(kind)"))
        try writer.append(Self.trains(10))
        try writer.save(binCount: 10, adding: [], to: folder("no/b.npz"))
      }
      expectError(.unwritableFile, [folder.path, "Is a directory"]) {
        var writer = try Self.writer(folder("a.\(kind)"))
        try writer.save(binCount: 10, adding: [], to: folder.path)
      }
    }
    #expect(folder.names == [])
  }

  @Test func `spikes of no networks are errors`() throws {
    let folder = try FormatsFolder()
    expectError(.invalidData, ["dt", "found 0.0"]) {
      _ = try BinnedSpikesWriter(folder("a.npz"), dt: 0, networkOffsets: [0, 3], seed: 7)
    }
    expectError(.invalidData, ["network_offsets", "found [0]"]) {
      _ = try BinnedSpikesWriter(folder("a.npz"), dt: 1, networkOffsets: [0], seed: 7)
    }
    #expect(folder.names == [])
  }

  @Test(arguments: ["npz", "npy"])
  func `pieces of another run or out of order are errors`(kind: String) throws {
    let folder = try FormatsFolder()
    let path = folder("a.\(kind)")
    var writer = try Self.writer(path)
    try writer.append(Self.trains(5))
    for (piece, parts) in [
      (try Self.trains(1, from: 5, dt: 2), ["dt", "found 2.0", "1.0"]),
      (
        try Self.trains(1, from: 5, offsets: [0, 2, 3]), ["network_offsets", "[0, 2, 3]", "[0, 3]"]
      ),
      (try Self.trains(1, from: 4), ["bin[0]", "neuron 0 in bin 4", "neuron 1 in bin 4"]),
      (try Self.trains(5, from: 3), ["bin[0]", "neuron 0 in bin 3"]),
    ] {
      do {
        try writer.append(piece)
        Issue.record("no error")
      } catch {
        #expect(error.code == .invalidData)
        for part in [path] + parts { #expect(error.description.contains(part)) }
      }
    }
    // None of them was added.
    try writer.append(Self.trains(3, from: 5))
    try writer.finish(binCount: 8)
    let expected = try Self.trains(8).bins
    #expect(try BinnedSpikes(contentsOf: path).bins == expected)
  }

  @Test func `bins that end before the events are our own mistake`() async {
    await #expect(processExitsWith: .failure) {
      let folder = try FormatsFolder()
      var writer = try Self.writer(folder("a.npz"))
      try writer.append(Self.trains(5))
      try writer.finish(binCount: 4)
    }
  }

  @Test func `files of another run are errors`() throws {
    let folder = try FormatsFolder()
    for (trains, parts) in [
      (try Self.trains(5, dt: 2), ["dt", "found 2.0", "1.0"]),
      (try Self.trains(5, offsets: [0, 4]), ["network_offsets", "[0, 4]", "[0, 3]"]),
      (try Self.trains(5, seed: 8), ["seed", "found 8", "7"]),
      (try Self.trains(5, seed: nil), ["seed", "found none", "7"]),
      (try Self.trains(5), ["bin[0]", "neuron 0 in bin 0", "neuron 0 in bin 3"]),
    ] {
      try trains.write(to: folder("b.npz"))
      expectError(.invalidData, [folder("b.npz")] + parts) {
        var writer = try Self.writer(folder("a.npz"))
        try writer.append(Self.trains(1, from: 3))
        try writer.append(contentsOf: folder("b.npz"))
      }
    }
    expectError(.unreadableFile, [folder("no.npz"), "No such file"]) {
      var writer = try Self.writer(folder("a.npz"))
      try writer.append(contentsOf: folder("no.npz"))
    }
    #expect(folder.names == ["b.npz"])
  }

  /// Events of more than one block of 131 072, one in each bin.
  private static let count = 150_000

  /// The columns where one element is another.
  private static func columns(
    _ name: String, _ index: Int, _ value: Int
  ) -> [(name: String, array: NumPyArray)] {
    let columns = [
      ("neuron", [Int](repeating: 1, count: count)), ("bin", Array(0..<count)),
      ("count", [Int](repeating: 1, count: count)),
    ]
    let arrays = columns.map { column, values in
      var values = values
      if column == name { values[index] = value }
      return (column, NumPyArray(values))
    }
    return arrays + [
      ("neurons", NumPyArray(scalar: 3)), ("bins", NumPyArray(scalar: count)),
      ("dt", NumPyArray(scalar: 1.0)), ("network_offsets", NumPyArray([0, 3])),
      ("seed", NumPyArray(scalar: 7)),
    ]
  }

  @Test(arguments: [
    ("neuron", 2, 3, ["npz: neuron[2]", "found 3", "below 3"]),
    ("neuron", 131_075, 4, ["npz: from element 131072: neuron[3]", "found 4", "below 3"]),
    ("neuron", 131_075, -1, ["npz: neuron: from element 131072: data[3]", "found -1"]),
    ("bin", 131_075, 0, ["npz: from element 131072: bin[3]", "not sorted"]),
    ("bin", 131_072, 131_071, ["npz: from element 131072: bin[0]", "later than neuron 1 in bin"]),
    ("bin", 149_999, 150_000, ["from element 131072: bin[18927]", "150000", "below 150000"]),
    ("bin", 5, 1 << 32, ["npz: bin: data[5]", "4294967296"]),
    ("count", 7, 0, ["npz: count[7]", "found 0", "at least 1"]),
    ("count", 7, 70_000, ["npz: count: data[7]", "found 70000"]),
  ]) func `wrong elements of files are errors`(
    _ name: String, _ index: Int, _ value: Int, _ parts: [String]
  ) throws {
    let folder = try FormatsFolder()
    try NumPyArchive.write(Self.columns(name, index, value), to: folder("b.npz"))
    expectError(.invalidData, [folder("b.npz")] + parts) {
      var writer = try Self.writer(folder("a.npz"))
      try writer.append(contentsOf: folder("b.npz"))
    }
    #expect(folder.names == ["b.npz"])
  }

  @Test(arguments: [
    ("count", NumPyArray([1, 1]), ["count", "150000 neurons, 150000 bins, 2 counts"]),
    ("neuron", NumPyArray([0], shape: [1, 1]), ["neuron: shape", "(1, 1)", "one dimension"]),
    ("bin", NumPyArray(scalar: "a"), ["bin: shape", "()"]),
    ("neurons", NumPyArray(scalar: 0), ["neurons", "found 0"]),
    ("bins", NumPyArray(scalar: -1), ["bins", "found -1"]),
  ]) func `wrong arrays of files are errors`(
    _ name: String, _ array: NumPyArray, _ parts: [String]
  ) throws {
    let folder = try FormatsFolder()
    let columns = Self.columns("", 0, 0)
    try NumPyArchive.write(
      columns.map { $0.name == name ? (name, array) : $0 }, to: folder("b.npz"))
    expectError(.invalidData, [folder("b.npz")] + parts) {
      var writer = try Self.writer(folder("a.npz"))
      try writer.append(contentsOf: folder("b.npz"))
    }
    try NumPyArchive.write(columns.filter { $0.name != name }, to: folder("b.npz"))
    expectError(.unknownName, [folder("b.npz"), "array \(name)"]) {
      var writer = try Self.writer(folder("a.npz"))
      try writer.append(contentsOf: folder("b.npz"))
    }
    #expect(folder.names == ["b.npz"])
  }

  @Test func `damaged files are errors`() throws {
    let folder = try FormatsFolder()
    try NumPyArchive.write(Self.columns("", 0, 0), to: folder("b.npz"))
    var damaged = try bytes(folder("b.npz"))
    // A neuron 0 where there was a 1, in the second block.
    damaged[8 * 140_000 + 128 + 40] ^= 1
    _ = try folder.file("b.npz", damaged)
    expectError(.invalidData, [folder("b.npz"), "neuron: CRC error"]) {
      var writer = try Self.writer(folder("a.npz"))
      try writer.append(contentsOf: folder("b.npz"))
    }
    #expect(folder.names == ["b.npz"])
  }

  @Test func `a full disk leaves nothing`() async {
    await #expect(processExitsWith: .success) {
      let folder = try FormatsFolder()
      let path = try folder.file("a.npz", "before")
      FormatsDiskFullTests.limitFiles()
      // The first fit, until the archive is made; then columns end in the last, buffered bytes;
      // then at once.
      for count in [600, 1000, 1010, 1024, 100_000] {
        expectError(.unwritableFile, [path, "File too large"]) {
          var writer = try Self.writer(path)
          try writer.append(Self.trains(count))
          try writer.finish(binCount: count)
        }
        expectError(.unwritableFile, ["File too large"]) {
          var writer = try Self.writer(folder("c.npy"))
          try writer.append(Self.trains(count))
          try writer.save(binCount: count, adding: [], to: folder("b.npz"))
        }
        #expect(folder.names == ["a.npz"])
      }
      #expect(try bytes(path) == Data("before".utf8))
      try Self.trains(400).write(to: folder("b.npz"))
      expectError(.unwritableFile, [path, "File too large"]) {
        var writer = try Self.writer(path)
        try writer.append(contentsOf: folder("b.npz"))
        try writer.append(Self.trains(1000, from: 400))
        try writer.finish(binCount: 1400)
      }
      #expect(folder.names == ["a.npz", "b.npz"])
    }
  }

  @Test func `a piece that was lost is not forgotten`() async {
    await #expect(processExitsWith: .success) {
      let folder = try FormatsFolder()
      FormatsDiskFullTests.limitFiles()
      expectError(.unwritableFile, [folder("a.npz")]) {
        var writer = try Self.writer(folder("a.npz"))
        try? writer.append(Self.trains(100_000))
        try writer.finish(binCount: 100_000)
      }
      #expect(folder.names == [])
    }
  }

  @Test func `dense counts above 255 are errors`() throws {
    let folder = try FormatsFolder()
    expectError(.invalidData, [folder("a.npy"), "neuron 1 in bin 1", "256", "255"]) {
      var writer = try Self.writer(folder("a.npy"))
      try writer.append(Self.trains(2, counts: [1, 256]))
      try writer.finish(binCount: 2)
    }
    #expect(folder.names == [])
  }
}
