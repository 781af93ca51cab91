import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Recordings as text, and in folders of a sorter or of a file for each unit.
struct SpikeTableTests {
  private func recording(
    _ text: String, unit: String? = nil, _ name: String = "spikes.csv"
  ) throws -> Recording {
    let folder = try FormatsFolder()
    return try Recording(
      contentsOf: folder.file(name, text),
      settings: ReadingSettings(timeUnit: unit.map { try TimeUnit($0) }))
  }

  @Test(arguments: [
    ("time_ms,unit\n1.5,3\n2.25,7\n0.5,3\n", nil),
    ("unit;time (s)\n3;0,0015\n7;0,00225\n3;0,0005\n", nil),
    ("# made by hand\n\nunit\ttime\r\n3\t45\r\n7\t67.5\r\n3\t15\r\n", "samples:30000"),
    ("1.5 3\n2.25 7\n0.5 3", "ms"),
    ("3,1500.0\n7,2250\n3,500.5e0\n", "us"),
    ("\u{FEFF}\"cluster_id\",\"spike_time_ms\",\"depth\"\n3,1.5,9\n7,2.25,9\n3,0.5,9\n", nil),
  ])
  func `separators, names, units of time`(_ text: String, _ unit: String?) throws {
    let found = try recording(text, unit: unit)
    #expect(found.units["id"]?.values == .integers([3, 7]))
    let times = found.spikes.map(Array.init)
    #expect(times.map(\.count) == [2, 1])
    #expect(abs(times[0][0] - 0.5) < 1e-3 && abs(times[0][1] - 1.5) < 1e-9)
    #expect(abs(times[1][0] - 2.25) < 1e-9)
    #expect(found.spikes.start == 0 && abs(found.spikes.stop - 2.25) < 1e-9)
  }

  @Test func `units may have names, and a single one none`() throws {
    let named = try recording("unit,time_s\nCA1 b,0.5\n\"a, left\",0.25\nCA1 b,0.125\n")
    #expect(named.units["name"]?.texts == ["CA1 b", "a, left"])
    #expect(named.spikes.map(Array.init) == [[125, 500], [250]])
    let single = try recording("#times\n0.5\n0.25\n", unit: "s", "spikes.txt")
    #expect(single.spikes.map(Array.init) == [[250, 500]] && single.units.columns == [])
    #expect(single.notices.map(\.kind) == [.unsorted])
  }

  @Test(arguments: [
    ("1.5,3\n2,7\n", nil, ["times", "--time-unit"]),
    ("time,unit\n1,3\n", nil, ["time", "--time-unit s, ms, us or samples:RATE"]),
    ("time_ms,unit\n1,3\n2\n", nil, ["line 3", "1 values", "expected 2"]),
    ("time_ms,unit\n1,5,3\n2,7\n", nil, ["line 2", "3 values", "decimal commas"]),
    ("time_ms,unit\n1,3\nsoon,3\n", nil, ["line 3", "\"soon\"", "a time in ms"]),
    ("time_ms,unit\n1,3\n\n# no\ninf,3\n", nil, ["line 5", "\"inf\""]),
    ("time_ms,unit\n1,\n", nil, ["line 2", "no unit"]),
    ("time_ms,unit\n", nil, ["no spikes"]),
    ("1,3\n2,7\n", "ms", ["two columns", "time_ms,unit"]),
    ("1.5,3.5\n", "ms", ["two columns", "neither"]),
    ("1,2,3\n", "ms", ["3 numbers"]),
    ("name,place\na,b\n", nil, ["name, place", "a column time"]),
    ("", nil, ["no line with values"]),
    ("time_ms,unit\n1e400,3\n", nil, ["line 2", "1e400"]),
  ])
  func `what is no table of spikes is told with its line`(
    _ text: String, _ unit: String?, _ parts: [String]
  ) throws {
    let error = try #require(throws: SpikingError.self) { try recording(text, unit: unit) }
    for part in ["spikes.csv"] + parts { #expect("\(error)".contains(part), "\(error)") }
  }

  @Test func `tables come back`() throws {
    let folder = try FormatsFolder()
    let spikes = try SpikeTrains(
      trains: [[0.1, 1.0 / 3], [1e-9, 12_345.678_901_234_5], [2]], start: 0, stop: 20_000)
    for name in ["t.csv", "t.tsv"] {
      let lost = try Recording(spikes).write(to: folder(name))
      #expect(lost == ["when the recording begins and ends"])
      #expect(try Recording(contentsOf: folder(name)).spikes.times == spikes.times)
    }
  }

  @Test func `a folder of a sorter`() throws {
    let found = try Recording(contentsOf: TestFiles.golden("sessions/phy"))
    #expect(found.spikes.map(Array.init) == [[1, 20, 100], [1.5, 50], [30]])
    #expect(found.units["id"]?.values == .integers([3, 7, 12]))
    #expect(found.units["group"]?.texts == ["good", "mua", "noise"])
    #expect(found.units["ch"]?.numbers == [4, 9, 3])
    #expect(found.units["Amplitude"]?.numbers?[1].isNaN == true)
    #expect(try found.units(where: "group == good").spikes.map(Array.init) == [[1, 20, 100]])
    // The rate of an option replaces that of the file.
    let slow = try Recording(
      contentsOf: TestFiles.golden("sessions/phy"),
      settings: ReadingSettings(timeUnit: TimeUnit("samples:15000")))
    #expect(slow.spikes.stop == 200)
  }

  @Test func `folders of sorters that contradict themselves`() throws {
    let folder = try FormatsFolder()
    let place = folder("ks")
    try FileManager.default.createDirectory(
      atPath: place, withIntermediateDirectories: false)
    try NumPyArray([30, 45] as [Int64]).write(to: "\(place)/spike_times.npy")
    expectError(.invalidData, ["ks", "no sample_rate", "samples:30000"]) {
      _ = try Recording(contentsOf: place)
    }
    try Data("import os\nsample_rate = os.system('false')\n".utf8)
      .write(to: URL(filePath: "\(place)/params.py"))
    expectError(.invalidData, ["params.py: sample_rate", "os.system"]) {
      _ = try Recording(contentsOf: place)
    }
    try Data("sample_rate = 30000 # Hz\n".utf8).write(to: URL(filePath: "\(place)/params.py"))
    expectError(.unreadableFile, ["spike_templates.npy"]) { _ = try Recording(contentsOf: place) }
    try NumPyArray([3] as [Int32]).write(to: "\(place)/spike_clusters.npy")
    expectError(.invalidData, ["spike_clusters.npy", "found (1,)", "(2,), one for each spike"]) {
      _ = try Recording(contentsOf: place)
    }
    try NumPyArray([3, 3] as [Int32]).write(to: "\(place)/spike_clusters.npy")
    try Data("cluster_id\tgroup\nthree\tgood\n".utf8)
      .write(to: URL(filePath: "\(place)/cluster_group.tsv"))
    let found = try Recording(contentsOf: place)
    #expect(found.spikes.map(Array.init) == [[1, 1.5]])
    #expect(found.notices.map(\.kind) == [.unreadable])
    #expect(found.notices[0].message.contains("cluster_group.tsv"))
  }

  @Test func `a folder of a file for each unit`() throws {
    let folder = try FormatsFolder()
    let place = folder("units")
    try FileManager.default.createDirectory(
      atPath: place, withIntermediateDirectories: false)
    try Data("0.5\n0.25\n".utf8).write(to: URL(filePath: "\(place)/cell2.txt"))
    try Data().write(to: URL(filePath: "\(place)/cell3.txt"))
    try NumPyArray([1.5, 2.5]).write(to: "\(place)/cell10.npy")
    expectError(.invalidData, ["units", "--time-unit"]) { _ = try Recording(contentsOf: place) }
    let settings = ReadingSettings(timeUnit: .seconds)
    let found = try Recording(contentsOf: place, settings: settings)
    #expect(found.units["name"]?.texts == ["cell10", "cell2", "cell3"])
    #expect(found.spikes.map(Array.init) == [[1500, 2500], [250, 500], []])
    try NumPyArray([1, .nan]).write(to: "\(place)/cell4.npy")
    expectError(.invalidData, ["cell4.npy: data[1]", "nan"]) {
      _ = try Recording(contentsOf: place, settings: settings)
    }
  }

  @Test(
    .readsNWB,
    .enabled(
      if: FileManager.default.fileExists(atPath: TestFiles.sharedData.path),
      "there is no folder ../shared/data with recorded data"))
  func `recorded spike times come from their text as from their NWB file`() throws {
    let data = TestFiles.sharedData.appending(path: "grasshopper-receptor").path
    for run in 1...2 {
      let text = try Recording(
        contentsOf: "\(data)/grasshopper_spike_times\(run).txt",
        settings: ReadingSettings(timeUnit: .microseconds))
      let file = try Recording(contentsOf: "\(data)/grasshopper_\(run).nwb")
      #expect(text.spikes.times.count == file.spikes.times.count)
      #expect(zip(text.spikes.times, file.spikes.times).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }
}
