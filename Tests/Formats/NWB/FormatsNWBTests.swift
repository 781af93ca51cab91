import Foundation
import Spiking
import SpikingTestCases
import Testing

/// A file made by `Golden/scripts/nwb.py`.
private func nwb(_ name: String) -> String {
  TestFiles.golden("nwb/\(name).nwb")
}

/// What `nwb.py` put into `example.nwb`.
private struct Example: Decodable {
  struct Series: Decodable {
    let path: String
    let unit: String
    let channels: Int
    /// Samples × channels, nil where a value is missing.
    let values: [Double?]
    let width: Double
    let start: Double
    /// The means of the bins, for each channel; nil where there is no value.
    let bins: [[Double?]]
  }

  let spikes: [[Double]]
  let series: [Series]
}

/// Recordings in NWB files, as PyNWB and others write them.
@Suite(.readsNWB) struct FormatsNWBTests {
  @Test func `units are read as PyNWB writes them`() throws {
    let expected: Example = try golden("nwb/example")
    let recording = try NWBFile(nwb("example")).units()
    #expect(recording.neuronCount == 3)
    for (neuron, train) in expected.spikes.enumerated() {
      #expect(Array(recording[neuron]) == train)
    }
    // Observed from 0 to 2 s, and one spike earlier.
    #expect(recording.start == expected.spikes[0][0])
    #expect(recording.start < 0)
    #expect(recording.stop == 2000)
    #expect(
      recording.observations == Array(repeating: [0...1000, 1250...2000], count: 3))
    #expect(try SpikeTrains(contentsOf: nwb("example")) == recording)
  }

  @Test func `series are read in their units`() throws {
    let expected: Example = try golden("nwb/example")
    let file = try NWBFile(nwb("example"))
    #expect(
      try file.seriesNames == [
        "/acquisition/voltage", "/processing/behavior/Position/position",
        "/stimulus/presentation/sound", "/stimulus/templates/sound",
      ])
    for series in expected.series {
      let found = try file.series(named: series.path)
      #expect(found.unit == series.unit)
      #expect(found.channelCount == series.channels)
      #expect(found.sampleCount == series.values.count / series.channels)
      try expectEqual(found.values, series.values)
      let bins = try found.sampled(
        binWidth: series.width, start: series.start, binCount: series.bins[0].count)
      #expect(bins.count == series.bins.count)
      for (bins, expected) in zip(bins, series.bins) { try expectEqual(bins, expected) }
    }
    #expect(try file.series(named: "voltage").times == .regular(start: 0, step: 1))
    #expect(try file.series(named: "presentation/sound").times == .regular(start: 250, step: 5))
    let position = try file.description(ofSeries: "position")
    #expect(position.path == "/processing/behavior/Position/position")
    #expect(position.shape == [80, 2])
    #expect(position.stop == 1980)
    guard case .stamps(let stamps) = position.times else {
      Issue.record("found \(position.times), expected timestamps")
      return
    }
    // 50 Hz, without the samples 40 to 59.
    #expect(stamps.count == 80)
    #expect(stamps[39] == 780)
    #expect(stamps[40] == 1200)
  }

  private func expectEqual(_ values: [[Double]], _ expected: [[Double?]]) throws {
    try #require(values.count == expected.count)
    for (values, expected) in zip(values, expected) { try expectEqual(values, expected) }
  }

  /// Equal to 1e-12 of the largest value, and not a number where nothing is expected.
  private func expectEqual(_ values: [Double], _ expected: [Double?]) throws {
    try #require(values.count == expected.count)
    let tolerance = 1e-12 * (expected.compactMap { $0.map(abs) }.max() ?? 0)
    for (value, expected) in zip(values, expected) {
      #expect(expected.map { abs(value - $0) <= tolerance } ?? value.isNaN)
    }
  }

  @Test func `other layouts are read`() throws {
    let file = try NWBFile(nwb("directly"))
    // A link within the file and one that leads nowhere are left out.
    #expect(try file.seriesNames == ["/acquisition/probe", "/stimulus/sound_pressure"])
    let recording = try file.units()
    #expect(Array(recording[0]) == [500, 1500])
    #expect(Array(recording[1]) == [-250, 1000])
    // From the first spike to the end of ten samples at 4 Hz.
    #expect(recording.start == -250)
    #expect(recording.stop == 2500)
    let sound = try file.series(named: "sound_pressure")
    #expect(sound.values == (0..<10).map(Double.init))
    #expect(sound.unit == "dB")
    #expect(sound.time(ofSample: 3) == 750)
    #expect(try file.series(named: "/stimulus/again/sound_pressure") == sound)
    // One conversion for all, 0.5, and one for each channel, 1 and 10.
    #expect(try file.series(named: "probe").values == [0.5, 10, 1.5, 20, 2.5, 30])
  }

  @Test func `files are read by several threads at once`() async throws {
    let expected = try NWBFile(nwb("example")).units()
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<20).allSatisfy { _ in
            guard let file = try? NWBFile(nwb("example")) else { return false }
            let units = try? file.units()
            let sound = try? file.series(named: "presentation/sound")
            return units == expected && sound?.sampleCount == 400
          }
        }
      }
      for await isEqual in group { #expect(isEqual) }
    }
  }

  @Test(arguments: [
    ("no_units", ["no units", "/units/spike_times"]),
    ("no_index", ["/units/spike_times_index", "no such dataset"]),
    ("beyond", ["/units/spike_times_index[1]", "found 5", "2 to 4"]),
    ("short", ["/units/spike_times_index[1]", "found 3", "expected 4"]),
    ("descending", ["/units/spike_times_index[1]", "found 2", "3 to 4"]),
    ("negative", ["/units/spike_times_index[0]", "found -1", "0 to 4"]),
    ("none", ["/units/spike_times_index", "no units", "at least one"]),
    ("not_a_number", ["/units/spike_times[1]", "found nan"]),
    ("texts", ["/units/spike_times", "another type", "numbers"]),
    ("square", ["/units/spike_times", "[2, 2]", "one dimension"]),
    ("real_index", ["/units/spike_times_index", "whole numbers"]),
    ("intervals", ["/units/obs_intervals", "[4]", "[intervals, 2]"]),
    ("intervals_turned", ["/units/obs_intervals[1]", "2.0 to 1.5"]),
  ])
  func `units that contradict themselves are refused`(name: String, parts: [String]) {
    expectError(.invalidData, [nwb(name)] + parts) { _ = try NWBFile(nwb(name)).units() }
  }

  @Test(arguments: [
    ("no_rate", ["/acquisition/no_rate/starting_time@rate", "no number", "Hz"]),
    ("few_times", ["/acquisition/few_times", "timestamps", "2 times", "3 samples"]),
    ("back", ["/acquisition/back", "timestamps[2]", "1000.0 ms", "ascending"]),
    ("words", ["/acquisition/words/data", "another type", "numbers"]),
    ("huge", ["/acquisition/huge/data", "[1000000000000]", "0 bytes", "a higher limit"]),
  ])
  func `series that contradict themselves are refused`(name: String, parts: [String]) {
    let path = nwb("series")
    expectError(.invalidData, [path] + parts) { _ = try NWBFile(path).series(named: name) }
  }

  @Test func `a name of no series, or of several, lists those there are`() throws {
    let path = nwb("series")
    expectError(.unknownName, [path, "0 time series \"missing\"", "/acquisition/back"]) {
      _ = try NWBFile(path).series(named: "missing")
    }
    expectError(.unknownName, ["2 time series", "/acquisition/one/same, /acquisition/two/same"]) {
      _ = try NWBFile(path).series(named: "same")
    }
    #expect(try NWBFile(path).series(named: "two/same").values == [1, 1, 1])
  }

  @Test func `files that are not HDF5 are refused`() throws {
    let folder = try FormatsFolder()
    let text = try folder.file("text.nwb", "spikes")
    let short = try folder.file("short.nwb", try bytes(nwb("example")).prefix(20_000))
    try FileManager.default.createDirectory(
      atPath: folder("folder.nwb"), withIntermediateDirectories: false)
    for (path, part) in [
      (folder("missing.nwb"), "No such file or directory"), (text, "expected HDF5"),
      (short, "truncated"), (folder("folder.nwb"), "Is a directory"),
    ] {
      expectError(.unreadableFile, [path, part]) { _ = try Recording(contentsOf: path) }
    }
    expectError(.invalidData, ["\"wav\"", "npz", "npy", "nwb"]) {
      _ = try Recording(contentsOf: folder.file("spikes.wav", "spikes"))
    }
  }

  @Test func `bins hold the mean of their samples, or the one that lasts`() throws {
    let series = try TimeSeries(
      values: [1, 10, 2, 20, 4, .nan, 7, 70], channelCount: 2, times: .stamps([-5, 0, 0.5, 3]))
    // The second channel has no value from 0.5 to 3 ms; the last sample lasts 2.5 ms, as the one before.
    try expectEqual(
      series.sampled(binWidth: 1, binCount: 7),
      [[3, 4, 4, 7, 7, 7, nil], [20, nil, nil, 70, 70, 70, nil]])
    try expectEqual(
      series.sampled(binWidth: 2, start: -8, binCount: 3), [[nil, 1, 1], [nil, 10, 10]])
    try expectEqual(
      series.sampled(binWidth: 1, start: 8, binCount: 2), [[nil, nil], [nil, nil]])
    try expectEqual(
      series.sampled(binWidth: 1, binCount: 6, longestGap: 1),
      [[3, 4, nil, 7, nil, nil], [20, nil, nil, 70, nil, nil]])
    #expect(try series.sampled(binWidth: 1, binCount: 0) == [[], []])
    // 0.7 ms × 10 is a little less than 7 ms in binary, and still in the second bin.
    let steps = try TimeSeries(
      values: (0..<20).map(Double.init), times: .regular(start: 0, step: 0.7))
    #expect(try steps.sampled(binWidth: 7, binCount: 2) == [[4.5, 14.5]])
    for (width, start, count) in [(0, 0, 1), (.nan, 0, 1), (1, .infinity, 1), (1, 0, -1)] {
      expectError(.invalidParameter, ["bins", "\(count) of \(width) ms"]) {
        _ = try steps.sampled(binWidth: width, start: start, binCount: count)
      }
    }
  }
}

/// The command `spiking` on `.nwb` files.
@Suite(.readsNWB) struct CommandNWBTests {
  private let folder: CommandFolder

  init() throws { folder = try CommandFolder() }

  @Test func `info lists units and series`() throws {
    let run = try folder.spiking(["info", nwb("example")])
    expectSuccess(run)
    let lines = run.output.split(separator: "\n")
    #expect(lines[1] == "  time 0 is 2020-01-01T00:00:00+00:00")
    #expect(lines[2] == "  units: id (0 to 2)")
    #expect(lines[0].contains("47 spikes of 3 neurons"))
    #expect(lines[0].contains("to 2000.0 ms"))
    let example: Example = try golden("nwb/example")
    let count = example.spikes[0].count { 0...1000 ~= $0 || 1250...2000 ~= $0 }
    #expect(
      lines[3].hasPrefix("  neuron 0: \(count) spikes, ")
        && lines[3].hasSuffix(
          " Hz in 1.75 s of 2 intervals, and \(40 - count) while it was not observed")
    )
    #expect(lines[4] == "  neuron 1: 0 spikes, 0 Hz in 1.75 s of 2 intervals")
    #expect(
      lines[6] == "  /acquisition/voltage: shape (50, 2), 1000 Hz from 0.0 ms, unit \"volts\"")
    #expect(
      lines[7].hasSuffix("Position/position: shape (80, 2), at 0.0 to 1980.0 ms, unit \"m\""))
  }

  @Test func `units are converted and analysed`() throws {
    expectSuccess(try folder.spiking(["convert", nwb("example"), "times.npz"]))
    #expect(
      try SpikeTrains(contentsOf: folder.path("times.npz"))
        == SpikeTrains(contentsOf: nwb("example")))
    expectSuccess(
      try folder.spiking(["analyze", nwb("example"), "--output", "out", "--no-figures"]))
    #expect(try folder.json("out/statistics.json")["neurons"] as? [Any] != nil)
  }

  @Test func `a file without units gives one line`() throws {
    for command in ["info", "analyze --output out", "convert out.npz"] {
      var words = command.split(separator: " ").map(String.init)
      words.insert(nwb("no_units"), at: 1)
      expectFailure(try folder.spiking(words), ["no_units.nwb", "no units", "/units/spike_times"])
    }
  }
}

@Suite(.disabled(if: NWBFile.isSupported, "this build reads NWB files"))
struct FormatsWithoutHDF5Tests {
  @Test func `a build without HDF5 says so of every NWB file`() {
    expectError(.unreadableFile, [nwb("example"), "built without HDF5"]) {
      _ = try NWBFile(nwb("example"))
    }
    expectError(.unreadableFile, ["built without HDF5"]) {
      _ = try Recording(contentsOf: nwb("example"))
    }
  }

  @Test func `nor is one written`() throws {
    let folder = try FormatsFolder()
    let path = folder("a.nwb")
    expectError(.unwritableFile, [path, "built without HDF5"]) {
      try Recording(SpikeTrains(trains: [[1]], start: 0, stop: 2)).write(to: path)
    }
    // Before a long run, not after it.
    expectError(.unwritableFile, [path, "built without HDF5"]) {
      _ = try BinnedSpikesWriter(path, dt: 1, networkOffsets: [0, 1], seed: nil)
    }
    #expect(folder.names.isEmpty)
  }
}

/// The recorded data beside the repository, where they are.
private let data = TestFiles.sharedData

private let isThere = FileManager.default.fileExists(atPath: data.path)

/// Real recordings; the numbers of units and spikes are those of their documentation.
@Suite(.readsNWB, .enabled(if: isThere, "there is no folder ../shared/data with recorded data"))
struct RecordedNWBTests {
  @Test(arguments: [
    ("rat-hippocampus/rat_hippocampus", 16, 35_112, 0, 998_200),
    ("grasshopper-receptor/grasshopper_1", 1, 929, 0, 10_000),
    ("grasshopper-receptor/grasshopper_2", 1, 868, 0, 10_000),
    // Spikes before the first sample of the position.
    ("linear-track/linear_track", 31, 28_829, -29.4, 1_982_423.9),
  ])
  func units(name: String, units: Int, spikes: Int, start: Double, stop: Double) throws {
    let recording = try NWBFile(data.appending(path: "\(name).nwb").path).units()
    #expect(recording.neuronCount == units)
    #expect(recording.times.count == spikes)
    #expect(abs(recording.start - start) < 1e-6)
    #expect(abs(recording.stop - stop) < 1e-6)
  }

  @Test func `sound and position`() throws {
    let sound = try NWBFile(
      data.appending(path: "grasshopper-receptor/grasshopper_1.nwb").path
    ).series(named: "sound_pressure")
    #expect(sound.sampleCount == 200_000)
    #expect(sound.unit == "Pa")
    #expect(sound.times == .regular(start: 0, step: 0.05))
    let envelope = try sound.sampled(binWidth: 1, binCount: 10_000)[0]
    for bin in [0, 59, 4321, 9999] {
      let mean = sound.values[bin * 20..<(bin + 1) * 20].reduce(0, +) / 20
      #expect(abs(envelope[bin] - mean) < 1e-12)
    }
    let position = try NWBFile(data.appending(path: "linear-track/linear_track.nwb").path)
      .series(named: "position")
    #expect(position.sampleCount == 118_965)
    #expect(position.channelCount == 2)
    #expect(position.unit == "pixels")
  }
}
