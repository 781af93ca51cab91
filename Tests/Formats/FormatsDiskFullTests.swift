import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What happens when the disk fills, in processes of their own whose files cannot grow beyond 8 kB.
@Suite struct FormatsDiskFullTests {
  static func limitFiles() {
    // The system sends a signal as well, which would end the process.
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: 8192, rlim_max: 8192)
    #if os(Linux)
      #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
    #else
      #expect(setrlimit(RLIMIT_FSIZE, &limit) == 0)
    #endif
  }

  @Test func `large writes fail at once`() async {
    await #expect(processExitsWith: .success) {
      let folder = try FormatsFolder()
      let path = try folder.file("a.npy", "before")
      Self.limitFiles()
      expectError(.unwritableFile, [path, "File too large"]) {
        try NumPyArray([Float](repeating: 1, count: 100_000)).write(to: path)
      }
      #expect(folder.names == ["a.npy"])
      #expect(try bytes(path) == Data("before".utf8))
    }
  }

  @Test func `small writes fail at the end`() async {
    await #expect(processExitsWith: .success) {
      let folder = try FormatsFolder()
      Self.limitFiles()
      expectError(.unwritableFile, [folder("a.txt"), "File too large"]) {
        var file = try OutputFile(folder("a.txt"))
        for _ in 0..<8200 { try file.write("x") }
        try file.finish()
      }
      #expect(folder.names == [])
    }
  }

  @Test func `archives fail`() async {
    await #expect(processExitsWith: .success) {
      let folder = try FormatsFolder()
      let path = try folder.file("a.npz", "before")
      Self.limitFiles()
      for count in [1000, 1010, 1024, 100_000] {
        expectError(.unwritableFile, [path, "File too large"]) {
          try NumPyArchive.write(
            ["a": NumPyArray([Double](repeating: 1, count: count))], to: path)
        }
        #expect(folder.names == ["a.npz"])
      }
      #expect(try bytes(path) == Data("before".utf8))
    }
  }
}
