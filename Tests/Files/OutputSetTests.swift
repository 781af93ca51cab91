import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Sets of files: all of them or none, whatever happens on the way.
@Suite struct OutputSetTests {
  private struct Stop: Error {}

  /// All names below a folder, and what files hold; links are followed.
  private static func contents(_ folder: String) -> [String: String] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return Dictionary(
      uniqueKeysWithValues: names.map { name in
        (name, (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? "(folder)")
      })
  }

  /// Writes files into a set.
  private static func write(
    _ files: [String: String], _ set: borrowing OutputSet
  ) throws(SpikingError) {
    try set.write { folder throws(SpikingError) in
      for (name, text) in files {
        if name.contains("/") {
          try OutputFolder.create("\(folder)/\(name.split(separator: "/").dropLast().joined())")
        }
        var file = try OutputFile("\(folder)/\(name)")
        try file.write(text)
        try file.finish()
      }
    }
  }

  @Test(arguments: ["new", "a/b/new", "a/b/new///"])
  func `a new folder comes with all its files`(name: String) throws {
    let folder = try FormatsFolder()
    let set = try OutputSet(folder(name), description: "all.json")
    try Self.write(["one": "1", "in/two": "2", "all.json": "3"], set)
    #expect(!FileManager.default.fileExists(atPath: folder(name)))
    try set.finish()
    #expect(
      Self.contents(folder(name)) == ["one": "1", "in": "(folder)", "in/two": "2", "all.json": "3"])
    #expect(folder.names.count == 1)
  }

  @Test func `what is not finished leaves nothing`() throws {
    let folder = try FormatsFolder()
    try FileManager.default.createDirectory(
      atPath: folder("there"), withIntermediateDirectories: true)
    _ = try folder.file("there/one", "old")
    for name in ["new", "a/b/new", "there"] {
      let unfinished = try OutputSet(folder(name))
      try Self.write(["one": "1"], unfinished)
      _ = consume unfinished
      #expect(throws: Stop.self) {
        let set = try OutputSet(folder(name))
        try Self.write(["one": "1"], set)
        try set.write { _ in throw Stop() }
        try set.finish()
      }
      #expect(Self.contents(folder.path) == ["there": "(folder)", "there/one": "old"])
    }
  }

  @Test func `errors name the place and not the hidden folder`() throws {
    let folder = try FormatsFolder()
    try FileManager.default.createDirectory(
      atPath: folder("there"), withIntermediateDirectories: true)
    for name in ["new", "there"] {
      let set = try OutputSet(folder(name))
      expectError(.unwritableFile, ["\(folder(name))/no/file: "]) {
        try Self.write(["file": ""], set)
        try set.write { place throws(SpikingError) in _ = try OutputFile("\(place)/no/file") }
      }
      try set.finish()
    }
  }

  @Test func `a folder cannot stand where a file or a broken link is`() throws {
    let folder = try FormatsFolder()
    let file = try folder.file("file", "kept")
    try FileManager.default.createSymbolicLink(
      atPath: folder("link"), withDestinationPath: folder("nowhere"))
    for (path, reason) in [
      (file, "File exists"), ("\(file)/new", "Not a directory"), (folder("link"), "File exists"),
    ] {
      expectError(.unwritableFile, [path, "folder", reason]) { _ = try OutputSet(path) }
    }
    #expect(folder.names == ["file", "link"])
    #expect(try bytes(file) == Data("kept".utf8))
  }

  @Test func `a set replaces another and leaves everything else`() throws {
    let folder = try FormatsFolder()
    let first = try OutputSet(folder("set"), description: "all.json")
    try Self.write(["0": "old", "1": "old", "in/1": "old", "all.json": "old"], first)
    try first.finish()
    _ = try folder.file("set/notes", "mine")
    chmod(folder("set/0"), 0o600)
    // Files that are links are written through.
    _ = try folder.file("elsewhere", "old")
    try FileManager.default.createSymbolicLink(
      atPath: folder("set/2"), withDestinationPath: "../elsewhere")
    let second = try OutputSet(folder("set"), description: "all.json")
    try Self.write(["0": "new", "2": "new", "all.json": "new"], second)
    try second.finish(replacing: ["0", "1", "in/1", "7", "in/7"])
    #expect(
      Self.contents(folder("set")) == [
        "0": "new", "2": "new", "all.json": "new", "notes": "mine", "in": "(folder)",
      ])
    #expect(try bytes(folder("elsewhere")) == Data("new".utf8))
    var status = stat()
    #expect(lstat(folder("set/2"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(stat(folder("set/0"), &status) == 0 && status.st_mode & 0o777 == 0o600)
    // One without a description does not leave that of another.
    let third = try OutputSet(folder("set"), description: "all.json")
    try Self.write(["0": "newer"], third)
    try third.finish()
    #expect(!FileManager.default.fileExists(atPath: folder("set/all.json")))
  }

  @Test func `a folder in the place of a file is an error before anything changes`() throws {
    let folder = try FormatsFolder()
    try FileManager.default.createDirectory(
      atPath: folder("set/1"), withIntermediateDirectories: true)
    _ = try folder.file("set/all.json", "old")
    let before = Self.contents(folder.path)
    expectError(.unwritableFile, [folder("set/1"), "Is a directory"]) {
      let set = try OutputSet(folder("set"), description: "all.json")
      try Self.write(["0": "new", "1": "new", "all.json": "new"], set)
      try set.finish()
    }
    #expect(Self.contents(folder.path) == before)
  }

  /// What stopped in the middle says so, and the next set completes it.
  @Test func `a set that stops in the middle says that it is incomplete`() throws {
    let folder = try FormatsFolder()
    let networks = try (0..<3).map { try NormalGenerator(neurons: 3).network($0, seed: 1) }
    try networks.write(to: folder("nets"))
    _ = try folder.file("nets/generator.json", "{\"count\": 3}")
    // No file, and so nothing that could be taken away: the system refuses it in the middle.
    try FileManager.default.createDirectory(
      atPath: folder("nets/9"), withIntermediateDirectories: true)
    expectError(.unwritableFile, [folder("nets/9"), "cannot be taken away"]) {
      let set = try OutputSet(folder("nets"), description: "generator.json")
      try set.write { place throws(SpikingError) in
        try networks[0].write(to: "\(place)/7.npy")
      }
      try set.finish(replacing: ["0.npy", "9"])
    }
    let mark = "nets/spiking-incomplete.txt"
    let text = try String(contentsOfFile: folder(mark), encoding: .utf8)
    #expect(text.hasPrefix("The files of this folder are of two runs"))
    #expect(!FileManager.default.fileExists(atPath: folder("nets/generator.json")))
    for load in [
      { _ = try [Connectivity](contentsOf: $0) }, { _ = try networks.withDelays(contentsOf: $0) },
    ] as [(String) throws -> Void] {
      expectError(.invalidData, [folder("nets"), "files of two runs", "spiking-incomplete.txt"]) {
        try load(folder("nets"))
      }
    }
    // 7.npy is of the set that did not come, and no other network.
    _ = try folder.file("nets/7.npy", "")
    try networks.write(to: folder("nets"))
    #expect(try [Connectivity](contentsOf: folder("nets")) == networks)
    #expect(
      Self.contents(folder("nets")).keys.sorted() == ["0.npy", "1.npy", "2.npy", "9"])
  }

  @Test func `a folder that was made meanwhile is not replaced`() throws {
    let folder = try FormatsFolder()
    let set = try OutputSet(folder("set"))
    try Self.write(["0": "new"], set)
    try FileManager.default.createDirectory(
      atPath: folder("set"), withIntermediateDirectories: true)
    _ = try folder.file("set/0", "of another")
    do {
      try set.finish()
      Issue.record("no error")
    } catch {
      #expect(error.code == .unwritableFile && error.subject == folder("set"))
    }
    #expect(Self.contents(folder.path) == ["set": "(folder)", "set/0": "of another"])
  }

  /// A process that was killed leaves a hidden folder, which the next set for the same place takes away.
  @Test func `what killed processes leave goes`() throws {
    let folder = try FormatsFolder()
    try FileManager.default.createDirectory(
      atPath: folder("there"), withIntermediateDirectories: true)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exit 0"]
    try process.run()
    process.waitUntilExit()
    for name in ["new", "there"] {
      let set = try OutputSet(folder(name))
      let path = try set.write { $0 }
      let parts = path.split(separator: "-")
      let left =
        parts.dropLast(2).joined(separator: "-") + "-\(process.processIdentifier)-"
        + (parts.last ?? "")
      _ = consume set
      let abandoned = left.hasPrefix("/") ? left : "/" + left
      try FileManager.default.createDirectory(
        atPath: abandoned, withIntermediateDirectories: true)
      try Data().write(to: URL(filePath: "\(abandoned)/0"))
      let next = try OutputSet(folder(name))
      #expect(!FileManager.default.fileExists(atPath: abandoned))
      try next.finish()
      #expect(folder.names.allSatisfy { !$0.hasPrefix(".") })
    }
  }
}
