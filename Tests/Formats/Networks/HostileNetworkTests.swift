import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Files of networks whose numbers lie, and texts that would stand for giants.
@Suite struct HostileNetworkTests {
  private static let columns: [(String, NumPyArray)] = [
    ("indptr", NumPyArray([0, 1, 2])), ("indices", NumPyArray([1, 0])),
    ("data", NumPyArray([0.5, 2])), ("shape", NumPyArray([2, 2])),
    ("format", NumPyArray(scalar: "csr")),
  ]

  private func sparse(
    _ folder: borrowing FormatsFolder, _ changes: [(String, NumPyArray)]
  ) throws -> String {
    let names = Set(changes.map(\.0))
    let path = folder("w.npz")
    try NumPyArchive.write(
      Self.columns.filter { !names.contains($0.0) }.map { (name: $0.0, array: $0.1) }
        + changes.map { (name: $0.0, array: $0.1) }, to: path)
    return path
  }

  @Test(
    arguments: [
      ([("indptr", NumPyArray([0, 2, 1]))], ["indptr[2]", "found 1", "ascending"]),
      ([("indptr", NumPyArray([0, -1, 2]))], ["indptr[1]", "found -1"]),
      ([("indptr", NumPyArray([1, 1, 2]))], ["indptr", "3 numbers from 1"]),
      ([("indptr", NumPyArray([0, 2]))], ["indptr", "2 numbers", "expected 3"]),
      ([("indptr", NumPyArray([0, 1, 3]))], ["indptr", "an end of 3", "2 indices"]),
      ([("indptr", NumPyArray([0, 1, Int.max]))], ["indptr", "an end of"]),
      ([("indices", NumPyArray([2, 0]))], ["row 0", "target 2", "below 2"]),
      ([("indices", NumPyArray([-1, 0]))], ["indices", "found -1"]),
      ([("data", NumPyArray([0.5]))], ["data", "1 weights", "2"]),
      ([("data", NumPyArray([0.5, Double.nan]))], ["W[1, 0]", "nan"]),
      ([("data", NumPyArray(["a", "b"]))], ["data", "descr"]),
      ([("shape", NumPyArray([2, 3]))], ["shape", "(2, 3)"]),
      ([("shape", NumPyArray([Int.max, Int.max]))], ["shape", "\(Int.max)"]),
      ([("shape", NumPyArray([4]))], ["shape", "(4,)"]),
      ([("format", NumPyArray(scalar: "dia"))], ["format", "\"dia\""]),
      ([("names", NumPyArray(["A"]))], ["names", "1 names", "2 neurons"]),
      ([("delays", NumPyArray([1, 0]))], ["row 1", "a delay of 0"]),
      ([("delays", NumPyArray([1]))], ["1 delays"]),
      (
        [
          ("indptr", NumPyArray([0, 2, 2])), ("indices", NumPyArray([1, 1])),
          ("delays", NumPyArray([1, 2])),
        ], ["from 0 to 1", "delays of 1 and 2"]
      ),
    ] as [([(String, NumPyArray)], [String])])
  func `sparse matrices whose numbers lie`(
    changes: [(String, NumPyArray)], words: [String]
  ) throws {
    let folder = try FormatsFolder()
    let path = try sparse(folder, changes)
    expectError(.invalidData, [path] + words) { _ = try Connectivity(contentsOf: path) }
  }

  @Test func `few coordinates are not of many neurons`() throws {
    let folder = try FormatsFolder()
    let path = try sparse(
      folder,
      [
        ("format", NumPyArray(scalar: "coo")), ("row", NumPyArray([0, 1])),
        ("col", NumPyArray([1, 0])), ("shape", NumPyArray([100_000_000, 100_000_000])),
      ])
    expectError(.invalidData, [path, "(100000000, 100000000)", "at most 4194304 neurons"]) {
      _ = try Connectivity(contentsOf: path)
    }
  }

  /// A file of PyTorch whose pickle is changed.
  private func tensor(
    _ folder: borrowing FormatsFolder, _ pattern: [UInt8], _ replacement: [UInt8]
  ) throws -> String {
    var file = try bytes(ExpectedNetwork.file("float32.pt"))
    let range = try #require(file.range(of: Data(pattern)))
    file.replaceSubrange(range, with: replacement)
    return try folder.file("w.pt", file)
  }

  @Test func `damaged tensors are errors`() throws {
    let folder = try FormatsFolder()
    // An entry whose bytes differ from its checksum.
    for (pattern, replacement) in [("FloatStorage", "EvilsStorage"), ("torch\nF", "pouch\nF")] {
      let path = try tensor(folder, Array(pattern.utf8), Array(replacement.utf8))
      #expect(throws: SpikingError.self) { _ = try Connectivity(contentsOf: path) }
    }
    let whole = try bytes(ExpectedNetwork.file("float32.pt"))
    for length in stride(from: 0, to: whole.count, by: 97) {
      let path = try folder.file("cut.pt", whole.prefix(length))
      #expect(throws: SpikingError.self) { _ = try Connectivity(contentsOf: path) }
    }
    let other = try folder.file("other.pt", bytes(ExpectedNetwork.file("csr.npz")))
    expectError(.invalidData, [other, "without data.pkl"]) {
      _ = try Connectivity(contentsOf: other)
    }
  }

  @Test(arguments: [
    ("<graphml><graph><node id='a'/><node id='a'/></graph></graphml>", ["a second node a"]),
    ("<graphml><graph><edge source='a' target='b'/></graph></graphml>", ["from a to b"]),
    ("<graphml><graph><node id='a'><graph/></node></graph></graphml>", ["a graph in a node"]),
    ("<graphml><graph/></graphml>", ["no nodes"]), ("<graphml/>", ["no graph"]),
    ("<gexf/>", ["<graphml>"]), ("", ["another text"]), ("\0\0<", ["another text"]),
    ("<graphml><graph>", ["line 1", "</graph>"]), ("<graphml></graph>", ["</graph"]),
    ("<graphml><graph><node id='&x;'/></graph></graphml>", ["&x;"]),
    ("<graphml><graph><node id='&#xD800;'/></graph></graphml>", ["&#xD800;"]),
    ("<graphml><graph><hyperedge/></graph></graphml>", ["a hyperedge"]),
    (
      "<!DOCTYPE g [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><graphml>&b;</graphml>",
      ["a document type"]
    ),
    (
      "<graphml><graph><node id='a'/><edge source='a' target='a'>"
        + "<data key='weight'>1e99</data></edge></graph></graphml>", ["the weight", "1e99"]
    ),
    (
      "<graphml><graph><node id='a'/><edge source='a' target='a'>"
        + "<data key='delay'>70000</data></edge></graph></graphml>", ["the delay", "70000"]
    ),
    (String(repeating: "<graphml>", count: 100_000), ["at most 64"]),
  ]) func `hostile graphs are errors`(text: String, words: [String]) throws {
    let folder = try FormatsFolder()
    let path = try folder.file("w.graphml", text)
    expectError(.invalidData, [path] + words) { _ = try Connectivity(contentsOf: path) }
  }

  @Test func `nothing outside of a graph is opened`() throws {
    let folder = try FormatsFolder()
    let text =
      "<?xml version='1.0'?><!DOCTYPE graphml SYSTEM '/dev/zero'>"
      + "<graphml><graph><node id='a'/></graph></graphml>"
    #expect(try Connectivity(contentsOf: folder.file("w.graphml", text)).neuronCount == 1)
  }

  @Test(arguments: [
    ("source,target,weight\nA,B,x\n", ["line 2, column 3", "\"x\"", "finite"]),
    ("source,target,weight\nA,B,1e99\n", ["line 2, column 3", "1e99"]),
    ("source,target,delay\nA,B,0\n", ["line 2, column 3", "\"0\"", "delay"]),
    ("source,target,delay\nA,B,1.5\n", ["line 2, column 3", "delay"]),
    ("source,target\nA,\n", ["line 2, column 2", "name of a neuron"]),
    ("source,target\nA,B,C\n", ["line 2", "3 values"]),
    (",A,B\nA,0,x\nB,0,0\n", ["line 2, column 3", "W[0, 1]", "\"x\""]),
    ("a,b,c,d,e\n1,2,3,4,5\n", ["line 1", "a, b, c, d, e", "source and target"]),
  ]) func `wrong tables are errors`(text: String, words: [String]) throws {
    let folder = try FormatsFolder()
    let path = try folder.file("w.csv", text)
    expectError(.invalidData, [path] + words) { _ = try Connectivity(contentsOf: path) }
  }
}
