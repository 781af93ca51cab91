import Foundation
import Spiking
import SpikingTestCases
import Testing

private func matlab(_ name: String) throws -> Data {
  try bytes(TestFiles.golden("matlab/\(name).mat"))
}

/// Files that were cut off, damaged, or claim what is not there.
@Suite(.readsMATLAB) struct FormatsHostileMATLABTests {
  /// Reads all that a file has; an error has one line.
  private func readAll(_ path: String) {
    func attempt(_ body: () throws(SpikingError) -> Void) {
      do throws(SpikingError) {
        try body()
      } catch {
        #expect([.unreadableFile, .invalidData].contains(error.code), "\(error)")
        #expect(!error.description.contains("\n"))
      }
    }
    attempt { () throws(SpikingError) in _ = try MATLABFile(path).recording() }
    attempt { () throws(SpikingError) in
      let file = try MATLABFile(path)
      for name in file.variables {
        attempt { () throws(SpikingError) in _ = try file.numbers(name) }
        attempt { () throws(SpikingError) in _ = try file.network(name) }
      }
    }
  }

  @Test(arguments: [("version4", 64), ("version5", 64), ("version7", 64), ("version73", 1024)])
  func `files that were cut off are refused`(name: String, step: Int) throws {
    let folder = try FormatsFolder()
    let data = try matlab(name)
    for end in stride(from: 0, to: data.count, by: step) {
      let path = try folder.file("cut.mat", data.prefix(end))
      readAll(path)
      // A variable may end there.
      if name != "version4", end % 512 == 0 {
        #expect(throws: SpikingError.self) { _ = try MATLABFile(path) }
      }
    }
  }

  @Test(arguments: ["version4", "version5", "version7", "version73"])
  func `files with changed bytes give values or one line`(name: String) throws {
    let folder = try FormatsFolder()
    let data = try matlab(name)
    var random = RandomSource(seed: 5).stream()
    for _ in 0..<60 {
      var changed = data
      for _ in 0..<3 {
        changed[Int(random.next() % UInt64(data.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      readAll(try folder.file("changed.mat", changed))
    }
  }

  /// The parts of an element of version 5 without its own type and length.
  private func element(_ kind: UInt32, _ shape: [Int32], _ content: Int) -> Data {
    var words: [UInt32] = [6, 8, kind, 0, 5, UInt32(4 * shape.count)]
    words += shape.map { UInt32(bitPattern: $0) } + (shape.count % 2 == 0 ? [] : [0])
    words += [1, 1, UInt32(UInt8(ascii: "x")), 0]
    return [14, UInt32(4 * words.count + content)].data + words.data
  }

  private var start: Data {
    Data("MATLAB 5.0 MAT-file".utf8) + Data(repeating: 32, count: 97) + Data(count: 8)
      + Data([0, 1] + Array("IM".utf8))
  }

  @Test func `what is claimed is compared with what is there`() throws {
    let folder = try FormatsFolder()
    let nothing = [9, 0].data
    for shape in [
      [1 << 30, 1 << 30], [Int32.max, 1], [1 << 20, 4], [-1, -1], [0, Int32.max],
    ] as [[Int32]] {
      for kind: UInt32 in [1, 2, 4, 5, 6, 9, 14] {
        let data = start + element(kind, shape, nothing.count) + nothing
        let path = try folder.file("claim.mat", data)
        readAll(path)
        // What claims to be empty may be a silent unit.
        if shape.contains(0) { continue }
        #expect(throws: SpikingError.self) { _ = try MATLABFile(path).recording() }
      }
    }
  }

  @Test func `cells within cells have an end`() throws {
    let folder = try FormatsFolder()
    for depth in [20, 20_000] {
      let innermost = element(6, [0, 0], 8) + [9, 0].data
      let size = element(1, [1, 1], 0).count
      var data = start
      for level in 0..<depth {
        data += element(1, [1, 1], (depth - 1 - level) * size + innermost.count)
      }
      readAll(try folder.file("deep.mat", data + innermost))
    }
  }

  @Test func `what is no file of MATLAB is named`() throws {
    let folder = try FormatsFolder()
    for (data, part) in [
      (Data(), "an empty file"), (Data("a,b\n1,2\n".utf8), "a text"),
      (try bytes(TestFiles.golden("nwb/example.nwb")), "an HDF5 file"),
    ] {
      let path = try folder.file("wrong.mat", data)
      expectError(.unreadableFile, [path, part, "a file of MATLAB (.mat)"]) {
        _ = try MATLABFile(path).variables
      }
    }
    expectError(.unreadableFile, ["missing.mat", "No such file"]) {
      _ = try MATLABFile(folder("missing.mat")).variables
    }
  }
}

extension [UInt32] {
  /// The bytes of the words, the lowest first.
  fileprivate var data: Data {
    Data(flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } })
  }
}

@Suite(.disabled(if: MATLABFile.isSupported, "this build reads MATLAB files"))
struct FormatsWithoutMatioTests {
  @Test func `a build without matio says so`() {
    expectError(.unreadableFile, ["built without matio", "MATLAB"]) {
      _ = try MATLABFile(TestFiles.golden("matlab/version5.mat")).variables
    }
  }
}
