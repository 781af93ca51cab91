import Foundation
import Spiking
import SpikingTestCases
import Testing

/// A file made by `Golden/scripts/matlab.py`.
private func matlab(_ name: String) -> String {
  TestFiles.golden("matlab/\(name).mat")
}

/// What `matlab.py` put into all of them.
private struct Expected: Decodable {
  /// In s.
  let trains: [[Double]]

  /// In ms.
  var times: [[Double]] { trains.map { $0.map { $0 * 1000 } } }
}

/// Variables of files that SciPy and hdf5storage wrote.
@Suite(.readsMATLAB) struct FormatsMATLABTests {
  @Test(arguments: ["version5", "version7", "version73"])
  func `values are the same in every version`(name: String) throws {
    let file = try MATLABFile(matlab(name))
    #expect(
      Set(file.variables) == [
        "imaginary", "labels", "matrix", "numbers", "session", "spike_times", "units", "weights",
      ])
    #expect(
      try file.numbers("matrix") == NumericArray((0..<12).map(Double.init), shape: [3, 4]))
    #expect(
      try file.numbers("session.inner.cube")
        == NumericArray((0..<24).map(Double.init), shape: [2, 3, 4]))
    #expect(try file.numbers("session.rate").values == [30_000])
    #expect(try file.numbers("session.flags").values == [1, 0, 1])
    #expect(try file.value("session.flags").kind == .truthValues)
    #expect(try file.texts("session.name") == ["rat 3"])
    #expect(try file.texts("labels") == ["first", "other"])
    #expect(try file.numbers("session.mixed{3}{1}").values == [7])
    #expect(try file.texts("units(2).label") == ["unit 1"])
    #expect(try file.value("units").shape == [1, 3])
    #expect(try Set(file.value("units").fields) == ["label", "times"])
    #expect(try file.numbers("spike_times{2}").values.isEmpty)
    for (type, most) in [
      ("int8", 127), ("uint8", 255), ("int16", 32_767), ("uint16", 65_535),
      ("int32", 2_147_483_647), ("uint32", 4_294_967_295), ("int64", 0x1p63),
      ("uint64", 0x1p64),
    ] as [(String, Double)] {
      #expect(try file.numbers("numbers.\(type)").values == [1, 2, most])
    }
  }

  @Test(arguments: ["version5", "version73"])
  func `what is not there, or is something else, is named`(name: String) throws {
    let file = try MATLABFile(matlab(name))
    for (variable, parts) in [
      ("nothing", ["no variable nothing", "matrix"]), ("session.age", ["a field age", "rate"]),
      ("spike_times{4}", ["cell 4", "cell array 1 × 3"]), ("units.times", ["3 elements"]),
      ("units(4).times", ["element 4"]), ("session", ["structure 1 × 1", "numbers"]),
      ("imaginary", ["complex numbers 1 × 2"]), ("weights", ["sparse matrix 4 × 4"]),
    ] {
      expectError(.invalidData, [matlab(name)] + parts) { _ = try file.numbers(variable) }
    }
    for text in ["", "a.", "a{0}", "a(x)", "a b", "a{1", "a{99999999999999999999}"] {
      expectError(.invalidParameter, ["variable", "spikes{3}"]) { _ = try file.numbers(text) }
    }
    expectError(.invalidData, ["found numbers", "a text"]) { _ = try file.texts("matrix") }
  }

  @Test func `version 4, and texts beyond ASCII, are read`() throws {
    let old = try MATLABFile(matlab("version4"))
    #expect(
      try old.numbers("matrix") == NumericArray((0..<12).map(Double.init), shape: [3, 4]))
    #expect(try old.texts("name") == ["rat 3"])
    let texts = try MATLABFile(matlab("texts"))
    #expect(try texts.texts("name") == ["Häschen €"])
    #expect(try texts.texts("rows") == ["µ", "ab"])
  }
}

/// Spikes.
@Suite(.readsMATLAB) struct FormatsMATLABRecordingTests {
  private let expected: Expected

  init() throws { expected = try golden("matlab/expected") }

  @Test(arguments: [
    "version5", "version7", "version73", "array", "nested", "version5.mat:units",
    "version73.mat:units", "version73.mat:units.times", "version7.mat:spike_times",
  ])
  func `trains of cells and structures are found`(name: String) throws {
    let path = name.contains(":") ? TestFiles.golden("matlab/\(name)") : matlab(name)
    let recording = try Recording(contentsOf: path)
    #expect(recording.spikes.map(Array.init) == expected.times)
    #expect(recording.spikes.start == 0)
    #expect(recording.spikes.stop == expected.times.joined().max())
    if name == "array" {
      #expect(recording.units["label"]?.texts == ["unit 0", "unit 1", "unit 2"])
    }
  }

  @Test func `vectors are units in natural order of their names`() throws {
    for (name, units) in [
      ("vectors", ["unit_9", "unit_10"]), ("structure", ["cell_1", "cell_2"]),
      ("version4", ["unit_a", "unit_b"]),
    ] {
      let recording = try Recording(contentsOf: matlab(name))
      #expect(recording.units["name"]?.texts == units)
      #expect(recording.spikes.map(Array.init) == [expected.times[0], expected.times[2]])
    }
    let one = try Recording(contentsOf: matlab("vectors") + ":unit_10")
    #expect(one.spikes.map(Array.init) == [expected.times[2]])
  }

  @Test func `the unit of time is asked for, and times are sorted`() throws {
    let samples = try Recording(
      contentsOf: matlab("samples"), settings: .init(timeUnit: .samples(rate: 30_000)))
    #expect(samples.spikes.map(Array.init) == [[1, 2, 3]])
    #expect(samples.notices.map(\.kind) == [.unsorted])
    #expect(try Recording(contentsOf: matlab("samples")).spikes.stop == 90_000)
  }

  @Test func `files without spikes, or with several, say what they have`() throws {
    for (name, parts) in [
      ("several", ["left, right", "several.mat:left"]),
      ("dense", ["W (numbers 4 × 4)", "a cell array of vectors"]),
      ("unknown", ["spikes, unit 1, time 2", "nan", "a time in s"]),
      ("circle", ["circle (cell array 1 × 1)"]),
      ("zeros", ["[1, 5000000]", "at most 4194304"]),
      ("version5.mat:matrix", ["numbers 3 × 4", "spike trains"]),
    ] {
      let path = name.contains(":") ? TestFiles.golden("matlab/\(name)") : matlab(name)
      expectError(.invalidData, parts) { _ = try Recording(contentsOf: path) }
    }
    let left = try Recording(contentsOf: matlab("several"), settings: .init(variable: "left"))
    #expect(left.spikes.map(Array.init) == Array(expected.times[..<2]))
    let zeros = try Recording(
      contentsOf: matlab("zeros"), settings: .init(limits: .init(values: 5_000_000)))
    #expect(zeros.spikes.times.count == 5_000_000)
  }
}

/// Networks.
@Suite(.readsMATLAB) struct FormatsMATLABNetworkTests {
  @Test(arguments: ["version4", "version5", "version7", "version73", "dense"])
  func `matrices are networks`(name: String) throws {
    let array = name == "version4" || name == "dense" ? nil : "weights"
    let network = try Connectivity(contentsOf: matlab(name), array: array)
    #expect(network.name == name)
    #expect(network.matrix() == [0, 0.5, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0.25, -1, 0, 0, 0])
  }

  @Test func `truth values are weights of one, other shapes are refused`() throws {
    let network = try Connectivity(contentsOf: matlab("logical"))
    #expect(network.matrix() == [0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0])
    expectError(.invalidData, ["empty", "sparse matrix 3 × 4", "a square matrix"]) {
      _ = try Connectivity(contentsOf: matlab("logical"), array: "empty")
    }
    expectError(.invalidData, ["no square matrix", "left, right"]) {
      _ = try Connectivity(contentsOf: matlab("several"))
    }
  }
}

/// A real recording, in a file of MATLAB and in one of NWB.
@Suite(
  .readsMATLAB,
  .enabled(
    if: FileManager.default.fileExists(atPath: TestFiles.sharedData.path),
    "there is no folder ../shared/data with recorded data"))
struct RecordedMATLABTests {
  @Test func `the same spikes are in both files`() throws {
    let folder = TestFiles.sharedData.appending(path: "rat-hippocampus").path
    let spikes = try Recording(contentsOf: "\(folder)/all_unit.mat").spikes
    let others = try Recording(contentsOf: "\(folder)/rat_hippocampus.nwb").spikes
    #expect(spikes.offsets == others.offsets)
    // The samples of 20 kHz were rounded differently to seconds: by less than a millionth of a sample.
    #expect(zip(spikes.times, others.times).allSatisfy { abs($0 - $1) < 1e-9 })
  }
}
