import Foundation
import Spiking
import SpikingTestCases
import Testing

@Suite struct FormatsOutputFileTests {
  private struct Interruption: Error {}

  @Test func `appears when it is finished`() throws {
    let folder = try FormatsFolder()
    var file = try OutputFile(folder("a.txt"))
    try file.write("µ = ")
    try file.write([UInt8(ascii: "5")].span.bytes)
    try file.write([UInt8]().span.bytes)
    #expect(!folder.names.contains("a.txt"))
    #expect(folder.names.count == 1 && folder.names.allSatisfy { $0.hasPrefix(".") })
    try file.finish()
    #expect(folder.names == ["a.txt"])
    #expect(try bytes(folder("a.txt")) == Data("µ = 5".utf8))
  }

  @Test func `leaves nothing behind when it is not finished`() throws {
    let folder = try FormatsFolder()
    let path = try folder.file("a.txt", "before")
    func interrupted() throws {
      var file = try OutputFile(path)
      try file.write("after")
      throw Interruption()
    }
    #expect(throws: Interruption.self) { try interrupted() }
    #expect(folder.names == ["a.txt"])
    #expect(try bytes(path) == Data("before".utf8))
  }

  @Test func `replaces what was there`() throws {
    let folder = try FormatsFolder()
    let path = try folder.file("a.txt", "a longer text that was there before")
    var file = try OutputFile(path)
    try file.write("after")
    try file.finish()
    #expect(try bytes(path) == Data("after".utf8))
    #expect(folder.names == ["a.txt"])
  }

  @Test func `follows symbolic links`() throws {
    let folder = try FormatsFolder()
    let path = try folder.file("a.txt", "before")
    try FileManager.default.createSymbolicLink(
      atPath: folder("link"), withDestinationPath: "a.txt")
    var file = try OutputFile(folder("link"))
    try file.write("after")
    try file.finish()
    #expect(try bytes(path) == Data("after".utf8))
    #expect(folder.names == ["a.txt", "link"])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder("link")) == "a.txt")
  }

  @Test func `makes files of libraries`() throws {
    let folder = try FormatsFolder()
    try OutputFile.make(at: folder("b")) { path throws(SpikingError) in
      var file = try OutputFile(path)
      try file.write("from a library")
      try file.finish()
    }
    #expect(try bytes(folder("b")) == Data("from a library".utf8))
    expectError(.invalidData, ["x: found 1"]) {
      try OutputFile.make(at: folder("b")) { path throws(SpikingError) in
        var file = try OutputFile(path)
        try file.write("half")
        try file.finish()
        throw SpikingError(.invalidData, "x", found: 1, expected: "2")
      }
    }
    expectError(.unwritableFile, [folder("c"), "No such file"]) {
      try OutputFile.make(at: folder("c")) { _ in }
    }
    #expect(folder.names == ["b"])
    #expect(try bytes(folder("b")) == Data("from a library".utf8))
  }

  @Test func `impossible places say why`() throws {
    let folder = try FormatsFolder()
    let file = try folder.file("file", "")
    for (path, reason) in [
      (folder("no/a.txt"), "No such file or directory"), (folder.path, "Is a directory"),
      ("\(file)/a.txt", "Not a directory"), ("/dev/null", "not a regular file"),
      (folder(String(repeating: "a", count: 300)), "File name too long"),
    ] {
      expectError(.unwritableFile, [path, reason]) {
        let file = try OutputFile(path)
        try file.finish()
      }
    }
    #expect(folder.names == ["file"])
  }

  @Test func `folders are made with those above`() throws {
    let folder = try FormatsFolder()
    try OutputFolder.create(folder("a/b/c"))
    try OutputFolder.create(folder("a/b/c"))
    #expect(folder.names == ["a"])
    try OutputFile(folder("a/b/c/d")).finish()
    expectError(.unwritableFile, [folder("a/b/c/d"), "File exists"]) {
      try OutputFolder.create(folder("a/b/c/d"))
    }
    expectError(.unwritableFile, [folder("a/b/c/d/e"), "Not a directory"]) {
      try OutputFolder.create(folder("a/b/c/d/e"))
    }
  }
}
