import Foundation
import Spiking
import SpikingTestCases
import Testing

private let data = TestFiles.sharedData

private let isThere = FileManager.default.fileExists(atPath: data.path)

/// Real recordings by every path that they allow: equal spike for spike.
@Suite(
  .readsNWB, .readsMATLAB,
  .enabled(if: isThere, "there is no folder ../shared/data with recorded data"))
struct RecordedFileTests {
  @Test(arguments: [
    "rat-hippocampus/rat_hippocampus", "grasshopper-receptor/grasshopper_1",
    "grasshopper-receptor/grasshopper_2", "linear-track/linear_track",
  ])
  func `a recording goes through every format`(name: String) throws {
    let folder = try FormatsFolder()
    let recording = try Recording(contentsOf: data.appending(path: "\(name).nwb").path)
    var former = recording
    for (index, kind) in ["npz", "nwb", "mat", "csv", "tsv", "npz", "nwb"].enumerated() {
      let path = folder("\(index).\(kind)")
      try former.write(to: path)
      former = try Recording(contentsOf: path)
      #expect(former.spikes.offsets == recording.spikes.offsets, "\(kind)")
      #expect(former.spikes.times == recording.spikes.times, "\(kind)")
      // Up to the first that has spikes and units alone.
      if index < 2 { try expectSame(former, recording) }
    }
  }

  @Test func `an archive of others, its NWB file and one of MATLAB`() throws {
    let folder = try FormatsFolder()
    let track = data.appending(path: "linear-track/linear_track").path
    let archive = try Recording(
      contentsOf: "\(track).npz", settings: ReadingSettings(timeUnit: .seconds))
    let session = try Recording(contentsOf: "\(track).nwb")
    #expect(archive.unitCount == 31 && archive.spikes.offsets == session.spikes.offsets)
    // Seconds became ms on two ways.
    #expect(zip(archive.spikes.times, session.spikes.times).allSatisfy { abs($0 - $1) < 1e-6 })
    try archive.write(to: folder("t.mat"))
    let matlab = try Recording(contentsOf: folder("t.mat"))
    #expect(matlab.spikes == archive.spikes)
    // Where the animal was.
    let file = try NumPyArchive(contentsOf: "\(track).npz")
    let position = try session.series(named: "position").load()
    #expect(try position.values == file.array("position_px").doubles())
    let times = try file.array("position_time_s").doubles()
    #expect(
      times.indices.allSatisfy { abs(position.time(ofSample: $0) - times[$0] * 1000) < 1e-6 })
  }

  @Test func `a file for each unit, and the folder of a sorter`() throws {
    let folder = try FormatsFolder()
    let path = data.appending(path: "rat-hippocampus/rat_hippocampus.nwb").path
    let spikes = try Recording(contentsOf: path).spikes
    for name in ["units", "phy"] {
      try FileManager.default.createDirectory(
        atPath: folder(name), withIntermediateDirectories: false)
    }
    var (samples, clusters): ([Int64], [Int32]) = ([], [])
    for (unit, train) in spikes.enumerated() {
      try NumPyArray(Array(train)).write(to: folder("units/cell\(10 + unit).npy"))
      // To half a sample.
      samples += train.map { Int64(($0 * 20).rounded()) }
      clusters += train.map { _ in Int32(unit) }
    }
    let units = try Recording(
      contentsOf: folder("units"), settings: ReadingSettings(timeUnit: .milliseconds))
    #expect(units.units["name"]?.texts.first == "cell10")
    // Silent ends of the recording are not in such files.
    #expect(units.spikes.offsets == spikes.offsets && units.spikes.times == spikes.times)

    try NumPyArray(samples).write(to: folder("phy/spike_times.npy"))
    try NumPyArray(clusters).write(to: folder("phy/spike_clusters.npy"))
    try Data("sample_rate = 20000.\n".utf8).write(to: URL(filePath: folder("phy/params.py")))
    let sorted = try Recording(contentsOf: folder("phy")).spikes
    #expect(sorted.offsets == spikes.offsets)
    #expect(zip(sorted.times, spikes.times).allSatisfy { abs($0 - $1) < 0.0251 })
  }
}
