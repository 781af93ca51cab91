import Foundation
import Spiking
import SpikingTestCases
import Testing

@Suite struct FormatsArchiveTests {
  @Test(arguments: ["stored.npz", "deflated.npz"])
  func `reads arrays by name`(_ file: String) throws {
    let archive = try NumPyArchive(contentsOf: numPyFile(file))
    #expect(Set(archive.names).isSuperset(of: ["weights", "names"]))
    let weights = try archive.array("weights")
    #expect(weights.shape == [2, 2])
    #expect(try weights.floats() == [0, 1.5, -2, 0])
    #expect(try archive.array("names").strings() == ["AVAL", "AVAR"])
    #expect(weights.source == "\(numPyFile(file)): weights")
  }

  @Test func `reads headers alone`() throws {
    let archive = try NumPyArchive(contentsOf: numPyFile("deflated.npz"))
    let (shape, type) = try archive.description(of: "zeros")
    #expect(shape == [50, 60])
    #expect(type == .float64)
    #expect(try archive.array("zeros").doubles() == [Double](repeating: 0, count: 3000))
    #expect(try NumPyArchive(contentsOf: numPyFile("stored.npz")).array("count").integers() == [7])
  }

  @Test func `reads sixty four bit sizes`() throws {
    let archive = try NumPyArchive(contentsOf: numPyFile("zip64.npz"))
    #expect(archive.names == ["weights"])
    #expect(try archive.array("weights").floats() == [0, 1.5, -2, 0])
  }

  @Test func `writes in order and reads back`() throws {
    let folder = try FormatsFolder()
    let path = folder("out.npz")
    let arrays: [(name: String, array: NumPyArray)] = [
      ("z", NumPyArray([1.5, 2.5])), ("a", NumPyArray([UInt16](0..<1000), shape: [10, 100])),
      ("empty", NumPyArray([Float]())), ("scalar", NumPyArray(scalar: UInt64.max)),
    ]
    try NumPyArchive.write(arrays, to: path)
    let archive = try NumPyArchive(contentsOf: path)
    #expect(archive.names == ["z", "a", "empty", "scalar"])
    for (name, array) in arrays { #expect(try archive.array(name) == array, "\(name)") }
    #expect(folder.names == ["out.npz"])
  }

  @Test func `equal arrays make equal files`() throws {
    let folder = try FormatsFolder()
    try NumPyArchive.write(["a": NumPyArray([1, 2])], to: folder("1.npz"))
    try NumPyArchive.write(["a": NumPyArray([1, 2])], to: folder("2.npz"))
    #expect(try bytes(folder("1.npz")) == bytes(folder("2.npz")))
    // Uncompressed, the elements stand in the file as they are.
    let elements = Data([1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0])
    #expect(try bytes(folder("1.npz")).range(of: elements) != nil)
  }

  @Test func `replaces an earlier file`() throws {
    let folder = try FormatsFolder()
    let path = try folder.file("out.npz", "something else")
    try NumPyArchive.write(["a": NumPyArray([1])], to: path)
    #expect(try NumPyArchive(contentsOf: path).array("a").integers() == [1])
    #expect(folder.names == ["out.npz"])
  }

  @Test func `missing arrays are errors with the names`() throws {
    let archive = try NumPyArchive(contentsOf: numPyFile("stored.npz"))
    let parts = ["stored.npz", "array bias", "weights, names, count"]
    expectError(.unknownName, parts) { _ = try archive.array("bias") }
    expectError(.unknownName, parts) { _ = try archive.description(of: "bias") }
  }

  @Test func `files that are no archives are errors`() throws {
    let folder = try FormatsFolder()
    let text = try folder.file("text.npz", "no zip file")
    expectError(.unreadableFile, [text, "found a text", "an archive of arrays (.npz)"]) {
      _ = try NumPyArchive(contentsOf: text)
    }
    expectError(.unreadableFile, [folder("no.npz"), "No such file or directory"]) {
      _ = try NumPyArchive(contentsOf: folder("no.npz"))
    }
    expectError(.unreadableFile, [folder.path]) { _ = try NumPyArchive(contentsOf: folder.path) }
    let part = try folder.file("part.npz", bytes(numPyFile("stored.npz")).prefix(400))
    expectError(.unreadableFile, [part]) { _ = try NumPyArchive(contentsOf: part) }
  }

  @Test func `damaged entries are errors`() throws {
    let folder = try FormatsFolder()
    var stored = try bytes(numPyFile("stored.npz"))
    // The last byte of the first entry: 2 × 2 float32 after its header.
    let element = try #require(stored.range(of: Data([0, 0, 0xC0, 0x3F])))
    stored[element.lowerBound] ^= 1
    let path = try folder.file("damaged.npz", stored)
    expectError(.invalidData, [path, "weights", "CRC"]) {
      _ = try NumPyArchive(contentsOf: path).array("weights")
    }
    #expect(try NumPyArchive(contentsOf: path).array("count").integers() == [7])
  }

  @Test func `entries that are no arrays are errors`() throws {
    let folder = try FormatsFolder()
    var stored = try bytes(numPyFile("two_squares.npz"))
    let name = try #require(stored.range(of: Data("NUMPY".utf8)))
    stored[name.lowerBound] = UInt8(ascii: "M")
    let path = try folder.file("other.npz", stored)
    expectError(.invalidData, ["\(path): a: magic"]) {
      _ = try NumPyArchive(contentsOf: path).array("a")
    }
  }

  @Test func `entries of unbelievable size are errors`() throws {
    let folder = try FormatsFolder()
    var data = try bytes(numPyFile("two_squares.npz"))
    // The uncompressed size in the central directory, 24 bytes behind its signature.
    let directory = try #require(data.range(of: Data([0x50, 0x4B, 1, 2])))
    let size = directory.lowerBound + 24
    data.replaceSubrange(size..<(size + 4), with: [0xF0, 0xFF, 0xFF, 0xFF])
    let path = try folder.file("huge.npz", data)
    #expect(throws: SpikingError.self) { _ = try NumPyArchive(contentsOf: path).array("a") }
  }

  @Test func `unwritable archives say why`() throws {
    let folder = try FormatsFolder()
    expectError(.unwritableFile, [folder("no/out.npz"), "No such file or directory"]) {
      try NumPyArchive.write(["a": NumPyArray([1])], to: folder("no/out.npz"))
    }
    expectError(.unwritableFile, [folder.path, "Is a directory"]) {
      try NumPyArchive.write(["a": NumPyArray([1])], to: folder.path)
    }
    #expect(folder.names == [])
  }
}
