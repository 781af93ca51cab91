import Foundation
import Spiking
import SpikingTestCases
import Testing

/// A file made by `Golden/scripts/hostile_nwb.py`.
private func hostile(_ name: String) -> String {
  TestFiles.golden("hostile_nwb/\(name).nwb")
}

/// Files that reach outside of themselves, claim what is not there, or make the library fail.
@Suite(.readsNWB) struct FormatsHostileNWBTests {
  @Test(arguments: [
    ("raw_storage", ["in other files", "not read"]),
    ("virtual_spikes", ["in other datasets", "not read"]),
    ("linked_spikes", ["link to another file", "not followed"]),
    ("linked_units", ["link to another file", "not followed"]),
  ])
  func `spikes outside of the file are not read`(name: String, parts: [String]) {
    expectError(.invalidData, [hostile(name), "/units/spike_times"] + parts) {
      _ = try NWBFile(hostile(name)).units()
    }
  }

  @Test func `series outside of the file are not read, others are`() throws {
    let file = try NWBFile(hostile("outside_series"))
    #expect(try file.seriesNames == ["kept", "part", "raw"].map { "/acquisition/\($0)" })
    #expect(try file.series(named: "kept").values == [0, 1, 2])
    for (name, part) in [
      ("part", "link to another file"), ("raw", "other files"),
      ("/acquisition/linked", "link to another file"),
    ] {
      #expect {
        _ = try file.series(named: name)
      } throws: {
        "\($0)".contains(part) && !"\($0)".contains("\n")
      }
    }
    // The kept one, of three samples, is shorter than the spikes.
    #expect(try file.units().stop == 200)
  }

  @Test func `a group is visited once, whatever leads to it`() throws {
    let circles = try NWBFile(hostile("circles"))
    #expect(try circles.seriesNames == ["/acquisition/again0/voltage"])
    #expect(try circles.units()[0].count == 2)
    expectError(.invalidData, ["/acquisition", "a name of more than 1024 bytes"]) {
      _ = try NWBFile(hostile("names")).seriesNames
    }
    // By their paths all names lead there.
    let names = try NWBFile(hostile("names"))
    #expect(
      try names.series(named: "/acquisition/first") == names.series(named: "/acquisition/second"))
  }

  @Test func `no more is read than is there, unless the limit is raised`() throws {
    expectError(
      .invalidData, ["/units/spike_times", "[2147483648]", "has 0 bytes", "at most 4194304"]
    ) { _ = try NWBFile(hostile("never_written")).units() }
    expectError(.invalidData, ["/units/spike_times", "[8388608]", "at most 4194304"]) {
      _ = try NWBFile(hostile("zeros")).units()
    }
    let zeros = try NWBFile(hostile("zeros"), limits: .init(values: 1 << 23)).units()
    #expect(zeros.times.count == 1 << 23)
    #expect(zeros.stop == 0)
    // A gigantic limit asks for what memory has no room for.
    expectError(.invalidData, ["/acquisition/huge/data", "which memory can hold"]) {
      let path = hostile("never_written").replacing(
        "hostile_nwb/never_written", with: "nwb/series")
      _ = try NWBFile(path, limits: .init(values: .max)).series(named: "huge")
    }
  }

  @Test func `shapes that overflow, or have zeros and giants, are refused`() throws {
    let file = try NWBFile(hostile("shapes"))
    for (name, part) in [
      ("overflow", "fewer numbers than can be counted"),
      ("both", "fewer numbers than can be counted"), ("nothing", "at most 4194304"),
    ] {
      expectError(.invalidData, ["/acquisition/\(name)/data", "4611686018427387904", part]) {
        _ = try file.series(named: name)
      }
    }
    let empty = try file.series(named: "empty")
    #expect(empty.sampleCount == 0)
    #expect(empty.channelCount == 3)
  }

  @Test func `what is no regular file is not opened`() throws {
    let folder = try FormatsFolder()
    #expect(mkfifo(folder("pipe.nwb"), 0o600) == 0)
    for (path, part) in [
      (folder("pipe.nwb"), "FIFO"), ("/dev/zero", "device"), (folder(""), "Is a directory"),
    ] {
      expectError(.unreadableFile, [path, part]) { _ = try NWBFile(path).path }
    }
  }

  @Test func `memory and time are bounded`() throws {
    expectError(.invalidData, ["/units/spike_times", "needs more than", "bytes of memory"]) {
      _ = try NWBFile(hostile("large_chunk")).units()
    }
    // 64 MB of zeros that were compressed twice, for ten values.
    let slow = try NWBFile(hostile("slow_chunk"), limits: .init(seconds: 0.005))
    expectError(.unreadableFile, [hostile("slow_chunk"), "0.005 s of processor time"]) {
      _ = try slow.units()
    }
    // The process is gone.
    expectError(.unreadableFile, ["0.005 s of processor time"]) { _ = try slow.seriesNames }
    #expect(try NWBFile(hostile("slow_chunk")).units().times == Array(repeating: 0, count: 10))
  }

  @Test func `values that come in several blocks are in order`() throws {
    let file = try NWBFile(hostile("blocks"))
    for (name, count, channels) in [
      ("rows", 280_000, 4), ("columns", 600_000, 200_000), ("planes", 360_000, 180_000),
    ] {
      let series = try file.series(named: name)
      #expect(series.channelCount == channels)
      #expect(series.values == (0..<count).map { Double($0 % 251) })
    }
  }

  /// Files that make HDF5 1.10.8 crash.
  @Test(arguments: ["spikes", "index", "series"])
  func `a file that makes the library fail gives one line`(name: String) {
    let path = hostile("damaged_\(name)")
    do throws(SpikingError) {
      try readAll(path)
    } catch {
      #expect([.unreadableFile, .invalidData].contains(error.code))
      #expect(error.description.contains(path))
      #expect(!error.description.contains("\n"))
    }
  }

  private func readAll(_ path: String) throws(SpikingError) {
    let file = try NWBFile(path, limits: .init(seconds: 0.5))
    _ = try file.units()
    for name in try file.seriesNames { _ = try file.series(named: name) }
  }
}

/// The command on such files.
@Suite(.readsNWB) struct CommandHostileNWBTests {
  @Test func `damaged files, and few descriptors, give one line`() throws {
    let folder = try CommandFolder()
    for name in ["damaged_spikes", "damaged_index", "damaged_series", "large_chunk"] {
      let run = try folder.spiking(["info", hostile(name)])
      #expect(run.exitCode == 0 || run.exitCode == 1 && run.errorLines.count == 2)
      #expect(run.created.isEmpty)
    }
    // The standard streams, those that the system opens, and too few for the reader.
    for count in [6, 8, 10, 11, 12] {
      let process = try folder.process(["info", hostile("outside")])
      let program = try #require(process.executableURL).path
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments =
        ["-c", "ulimit -n \(count); exec \"$0\" \"$@\"", program] + (process.arguments ?? [])
      let pipe = Pipe()
      process.standardOutput = FileHandle.nullDevice
      process.standardError = pipe
      try process.run()
      let error = try pipe.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 0 || error.count { $0 == 10 } == 1)
    }
  }
}
