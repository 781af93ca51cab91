import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What is written is read as it was.
@Suite(.readsMATLAB) struct FormatsMATLABWritingTests {
  @Test func `recordings come back with their units`() throws {
    let folder = try FormatsFolder()
    let spikes = try SpikeTrains(
      trains: [[1.1, 2.2, 3.3], [], [0.1]], start: -1, stop: 7.7,
      observations: [[-1...2, 3...7.7], [0...1], [-1...7.7]])
    let units = try Table([
      Column("quality", .texts(["good", "", "5 µV"])), Column("depth", .numbers([1.5, 2, -3])),
      Column("id", .integers([7, 9, .max])), Column("is-good", .flags([true, false, true])),
    ])
    let recording = try Recording(spikes, units: units, origin: "2021-04-05T14:13:02+02:00")
    #expect(try recording.write(to: folder("out.mat")).isEmpty)
    let again = try Recording(contentsOf: folder("out.mat"))
    #expect(again.spikes == spikes)
    #expect(again.origin == recording.origin)
    #expect(again.units.columns.map(\.name) == ["quality", "depth", "id", "is_good"])
    #expect(again.units.columns.map(\.values) == units.columns.map(\.values))
    // What MATLAB reads first: the version, and the order of bytes.
    let start = try bytes(folder("out.mat")).prefix(128)
    #expect(start.starts(with: "MATLAB 5.0 MAT-file, written by swift-spiking".utf8))
    #expect(Array(start.suffix(4)) == [0, 1] + Array("IM".utf8))
  }

  @Test func `networks come back with their delays`() throws {
    let folder = try FormatsFolder()
    let network = try Connectivity(
      name: "w", neurons: 4,
      synapses: [
        Synapse(from: 0, to: 1, weight: 0.5, delay: 3), Synapse(from: 3, to: 0, weight: -1),
        Synapse(from: 1, to: 2, weight: 2, delay: 65_535),
      ])
    try MATLABFile.write(network, to: folder("w.mat"))
    #expect(try Connectivity(contentsOf: folder("w.mat")) == network)
    let silent = try Connectivity(name: "none", neurons: 3, synapses: [])
    try MATLABFile.write(silent, to: folder("none.mat"))
    #expect(try Connectivity(contentsOf: folder("none.mat")).synapseCount == 0)
  }

  @Test func `arrays come back in their shapes`() throws {
    let folder = try FormatsFolder()
    let cube = NumericArray((0..<24).map(Double.init), shape: [2, 3, 4])
    let matrix = NumericArray([1, 2, 3, 4, 5, 6], shape: [2, 3])
    try MATLABFile.write(
      [
        ("cube", cube), ("matrix", matrix), ("vector", NumericArray([1, 2])),
        ("none", NumericArray([])),
      ],
      to: folder("arrays.mat"))
    let file = try MATLABFile(folder("arrays.mat"))
    #expect(file.variables == ["cube", "matrix", "vector", "none"])
    #expect(try file.numbers("cube") == cube)
    #expect(try file.numbers("matrix") == matrix)
    #expect(try file.numbers("vector") == NumericArray([1, 2], shape: [2, 1]))
    #expect(try file.numbers("none").shape == [0, 1])
    for name in ["", "1a", "a b", "ä", String(repeating: "a", count: 64)] {
      expectError(.invalidParameter, ["variable", "letters, digits"]) {
        try MATLABFile.write([(name, matrix)], to: folder("wrong.mat"))
      }
    }
    expectError(.invalidParameter, ["once"]) {
      try MATLABFile.write([("a", matrix), ("a", matrix)], to: folder("wrong.mat"))
    }
    #expect(folder.names == ["arrays.mat"])
  }
}
