import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Files whose sizes lie, and paths that lead to no file: one line, and memory in proportion.
@Suite struct HostileFileTests {
  @Test(arguments: [
    "(9223372036854775807, 0)", "(0, 4611686018427387904)", "(4611686018427387904, 0)",
    "(16777217, 0)", "(4294967296, 4294967296)", "(9223372036854775807, 2)",
    "(3037000500, 3037000500)",
  ])
  func `shapes whose size lies are errors`(shape: String) throws {
    let folder = try FormatsFolder()
    let header = "{'descr': '|b1', 'fortran_order': False, 'shape': \(shape), }"
    let path = try folder.file("f.npy", npy(header))
    expectError(.invalidData, [path, shape]) { _ = try NumPyArray(contentsOf: path) }
    expectError(.invalidData, [path, shape]) { _ = try Connectivity(contentsOf: path) }
  }

  @Test func `empty arrays of modest shape are arrays`() throws {
    for shape in ["(0,)", "(5, 0)", "(0, 16777216)", "(3, 0, 7)"] {
      let array = try NumPyArray(
        npy("{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }"))
      #expect(array.count == 0)
    }
  }

  /// An archive of stored entries of which the sizes in the directory are changed.
  private func lying(_ folder: borrowing FormatsFolder, _ sizes: [UInt8]) throws -> String {
    var data = try bytes(numPyFile("two_squares.npz"))
    let directory = try #require(data.range(of: Data([0x50, 0x4B, 1, 2])))
    // Compressed and uncompressed size, 20 bytes behind the signature.
    let start = directory.lowerBound + 20
    data.replaceSubrange(start..<(start + 8), with: sizes)
    return try folder.file("lying.npz", data)
  }

  @Test(
    arguments: [
      [0xF0, 0xFF, 0xFF, 0x7F, 0xF0, 0xFF, 0xFF, 0x7F], [0, 0, 0, 1, 0, 0, 0, 1],
      [8, 0, 0, 0, 0xF0, 0xFF, 0xFF, 0x7F],
    ] as [[UInt8]])
  func `entries larger than their archive are errors`(sizes: [UInt8]) throws {
    let folder = try FormatsFolder()
    let path = try lying(folder, sizes)
    #expect(throws: SpikingError.self) {
      let archive = try NumPyArchive(contentsOf: path)
      _ = try archive.array("a")
    }
  }

  @Test func `events are refused as they come`() throws {
    let folder = try FormatsFolder()
    let count = 300_000
    try NumPyArchive.write(
      [
        "neuron": NumPyArray([UInt32](repeating: 0, count: count)),
        "bin": NumPyArray([UInt64](repeating: 0, count: count)),
        "count": NumPyArray([UInt16](repeating: 1, count: count)),
        "neurons": NumPyArray(scalar: 2), "bins": NumPyArray(scalar: 10),
        "dt": NumPyArray(scalar: 1.0), "network_offsets": NumPyArray([0, 2]),
      ], to: folder("zeros.npz"))
    expectError(.invalidData, [folder("zeros.npz"), "bin[1]"]) {
      _ = try BinnedSpikes(contentsOf: folder("zeros.npz"))
    }
  }

  @Test(arguments: ["npy", "npz", "nwb", "json", "csv", "txt"])
  func `what is no regular file is not opened`(kind: String) throws {
    let folder = try FormatsFolder()
    let pipe = folder("pipe.\(kind)")
    #expect(mkfifo(pipe, 0o600) == 0)
    let device = folder("device.\(kind)")
    try FileManager.default.createSymbolicLink(
      atPath: device, withDestinationPath: "/dev/zero")
    for (path, word) in [(pipe, "a pipe (FIFO)"), (device, "a device")] {
      let readers: [() throws -> Void] = [
        { _ = try NumPyArray(contentsOf: path) }, { _ = try NumPyArchive(contentsOf: path) },
        { _ = try Connectivity(contentsOf: path) }, { _ = try Recording(contentsOf: path) },
        { _ = try BinnedSpikes(contentsOf: path) }, { _ = try Checkpoint(contentsOf: path) },
        { _ = try NWBFile(path) }, { _ = try CoupledFit(contentsOf: path) },
        { _ = try ConnectivityFile.labels(path) },
      ]
      for read in readers {
        do {
          try read()
          Issue.record("\(path) was read")
        } catch {
          #expect("\(error)".contains(path) && "\(error)".contains(word), "\(error)")
        }
      }
    }
  }
}
