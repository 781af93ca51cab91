import Foundation
import Spiking
import SpikingTestCases
import Testing

/// The files of one network that SciPy, PyTorch and networkx wrote (`Golden/scripts/network_files.py`).
struct ExpectedNetwork: Decodable {
  let weights: [Float]
  let delays: [Int]
  let names: [String]
  let neurons: Int

  init() throws {
    let file = try Data(contentsOf: URL(filePath: Self.file("expected.json")))
    self = try JSONDecoder().decode(Self.self, from: file)
  }

  static func file(_ name: String) -> String { TestFiles.golden("network_files/\(name)") }

  /// The network with its delays.
  func delayed() throws -> Connectivity {
    try Connectivity(matrix: weights, neuronCount: neurons)
      .mapDelays { source, target, _ in delays[source * neurons + target] }
  }
}

@Suite struct FormatsNetworkFilesTests {
  private let expected: ExpectedNetwork

  init() throws { expected = try ExpectedNetwork() }

  @Test(arguments: ["csr", "csc", "coo", "array", "wide", "unsorted", "twice"])
  func `sparse matrices of SciPy`(name: String) throws {
    let network = try Connectivity(contentsOf: ExpectedNetwork.file("\(name).npz"))
    #expect(network.name == name)
    #expect(network.matrix() == expected.weights)
  }

  @Test func `sparse matrices of other types`() throws {
    let counts = try Connectivity(contentsOf: ExpectedNetwork.file("counts.npz"))
    #expect(counts.matrix() == expected.weights.map { $0 * 8 })
    let mask = try Connectivity(contentsOf: ExpectedNetwork.file("mask.npz"))
    #expect(mask.matrix() == expected.weights.map { $0 == 0 ? 0 : 1 })
    expectError(.invalidData, ["bsr.npz: format", "\"bsr\"", "csr, csc or coo"]) {
      _ = try Connectivity(contentsOf: ExpectedNetwork.file("bsr.npz"))
    }
  }

  @Test(arguments: [
    "float32", "float64", "float16", "bfloat16", "transposed", "parameter", "part",
  ]) func `tensors of PyTorch`(name: String) throws {
    let network = try Connectivity(contentsOf: ExpectedNetwork.file("\(name).pt"))
    #expect(network.matrix() == expected.weights)
  }

  @Test(arguments: ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"])
  func `tensors of whole numbers`(name: String) throws {
    let network = try Connectivity(contentsOf: ExpectedNetwork.file("\(name).pt"))
    let values = expected.weights.map { $0 * 8 }
    #expect(network.matrix() == (name.hasPrefix("u") ? values.map(abs) : values))
  }

  @Test func `tensors of truth values`() throws {
    let network = try Connectivity(contentsOf: ExpectedNetwork.file("bool.pt"))
    #expect(network.matrix() == expected.weights.map { $0 == 0 ? 0 : 1 })
  }

  @Test(arguments: [
    ("evil2", ["data.pkl", "posix.system"]), ("evil4", ["data.pkl", "posix.system"]),
    ("dictionary", ["data.pkl", "0x"]), ("sparse", ["torch._utils._rebuild_sparse_tensor"]),
    ("rows", ["shape", "(3, 9)"]), ("expanded", ["shape", "(4000, 4000)", "stored"]),
    ("legacy", ["torch.save", "1.6"]),
  ]) func `what is no matrix of PyTorch is refused by name`(name: String, words: [String]) {
    expectError(.invalidData, ["\(name).pt"] + words) {
      _ = try Connectivity(contentsOf: ExpectedNetwork.file("\(name).pt"))
    }
    #expect(!FileManager.default.fileExists(atPath: "executed"))
  }

  @Test func `graphs of networkx`() throws {
    let named = try NamedNetwork(contentsOf: ExpectedNetwork.file("named.graphml"))
    #expect(named.names == expected.names)
    #expect(try named.network == expected.delayed())
    let numbered = try NamedNetwork(contentsOf: ExpectedNetwork.file("numbered.graphml"))
    #expect(numbered.names == [])
    #expect(numbered.network == named.network)
    let both = try Connectivity(contentsOf: ExpectedNetwork.file("both_ways.graphml"))
    #expect(both.matrix() == [0, 2.5, 0, 2.5, 0, 0, 0, 0, 4])
    // A list of edges has no isolated neurons.
    let edges = try NamedNetwork(contentsOf: ExpectedNetwork.file("edges.txt"))
    #expect(edges.names == [] && edges.network.neuronCount == 8)
    #expect(
      edges.network.matrix()
        == (0..<64).map { expected.weights[$0 / 8 * expected.neurons + $0 % 8] })
  }

  @Test(arguments: ["npz", "graphml", "csv", "tsv"])
  func `weights, delays and names come back`(format: String) throws {
    let folder = try FormatsFolder()
    let network = try expected.delayed()
    for names in [expected.names, []] {
      let named = try NamedNetwork(network, names: names)
      #expect(try named.write(to: folder("w.\(format)")) == [])
      let again = try NamedNetwork(contentsOf: folder("w.\(format)"))
      #expect(again.names == names)
      #expect(again.network == network)
      #expect(again.network.maximumDelay == 5)
    }
    #expect(folder.names == ["w.\(format)"])
  }

  @Test(arguments: ["npy", "pt", "npz", "graphml", "csv"])
  func `a network goes through every format`(format: String) throws {
    let folder = try FormatsFolder()
    let network = try Connectivity(matrix: expected.weights, neuronCount: expected.neurons)
    try network.write(to: folder("0.npy"))
    try Connectivity(contentsOf: folder("0.npy")).write(to: folder("1.\(format)"))
    try Connectivity(contentsOf: folder("1.\(format)")).write(to: folder("2.npy"))
    #expect(try bytes(folder("0.npy")) == bytes(folder("2.npy")))
  }

  @Test func `what a format does not hold is said`() throws {
    let folder = try FormatsFolder()
    let named = try NamedNetwork(expected.delayed(), names: expected.names)
    for format in ["npy", "pt"] {
      #expect(
        try named.write(to: folder("w.\(format)"))
          == ["the delays of the synapses", "the names of the neurons"])
    }
    #expect(
      try named.write(to: folder("w.csv"), asMatrix: true) == ["the delays of the synapses"])
    let matrix = try NamedNetwork(contentsOf: folder("w.csv"))
    #expect(matrix.names == expected.names)
    #expect(matrix.network.matrix() == expected.weights)
    expectError(.unwritableFile, ["w.mat", "npy, npz, pt, graphml"]) {
      try named.write(to: folder("w.mat"))
    }
    expectError(.unwritableFile, ["w.pt", "a network with delays"]) {
      try named.network.write(to: folder("w.pt"))
    }
  }

  @Test func `names that look like numbers are names`() throws {
    let folder = try FormatsFolder()
    let network = try Connectivity(matrix: [0, 2, 0, 0, 0, 3, 4, 0, 0], neuronCount: 3)
    for names in [["2", "0", "1"], ["10", "11", "12"], ["n0", "n1", "n2"], ["x", "x", "y"]] {
      let named = try NamedNetwork(network, names: names)
      for format in ["npz", "graphml", "csv"] where format != "csv" || names[0] != names[1] {
        #expect(try named.write(to: folder("w.\(format)")) == [])
        #expect(try NamedNetwork(contentsOf: folder("w.\(format)")) == named)
      }
    }
  }

  @Test(
    arguments: [
      // As published: a header, with or without a column of names, and lists with counts or none.
      (",A,B\nA,0,3\nB,-1,0\n", ["A", "B"], [0, 3, -1, 0]),
      ("\"\";\"A\";\"B\"\n\"A\";0;0,5\n\"B\";;0\n", ["A", "B"], [0, 0.5, 0, 0]),
      ("A\tB\n0\t3\n-1\t0\n", ["A", "B"], [0, 3, -1, 0]),
      (
        ",720575940,720575941\n720575940,0,3\n720575941,1,0\n", ["720575940", "720575941"],
        [0, 3, 1, 0]
      ),
      ("id,0,1\n0,0,3\n1,-1,0\n", [], [0, 3, -1, 0]),
      ("pre_id,post_id,region,syn_count\n5,7,x,3\n5,7,y,4\n7,5,x,1\n", ["5", "7"], [0, 7, 1, 0]),
      ("Source,Target,Type,Weight\nA,B,Directed,2\n", ["A", "B"], [0, 2, 0, 0]),
      ("A B 2\nB A 1\nB B 4\nA A 0\n", ["A", "B"], [0, 2, 1, 4]),
      ("source target\n0 1\n", [], [0, 1, 0, 0]),
      ("0;1;0,5\n", [], [0, 0.5, 0, 0]),
      ("0,0,0\n1,1,0\n", [], [0, 0, 0, 0]),
    ] as [(String, [String], [Float])])
  func `tables as connectomes are published`(
    text: String, names: [String], weights: [Float]
  ) throws {
    let folder = try FormatsFolder()
    let named = try NamedNetwork(contentsOf: folder.file("w.csv", text))
    #expect(named.names == names)
    #expect(named.network.matrix() == weights)
  }

  @Test func `folders hold networks of one format, or of two`() throws {
    let folder = try FormatsFolder()
    let networks = try NormalGenerator(neurons: 6).networks(count: 12, seed: 3)
    for format in NetworkFormat.allCases {
      try networks.write(to: folder("nets"), format: format)
      #expect(try [Connectivity](contentsOf: folder("nets")) == networks)
      try FileManager.default.removeItem(atPath: folder("nets"))
    }
    try networks.write(to: folder("nets"), format: .pt)
    try networks[0].write(to: folder("nets/other.npy"))
    #expect(try [Connectivity](contentsOf: folder("nets")).count == 13)
    try networks[0].write(to: folder("nets/3.npy"))
    expectError(.invalidData, [folder("nets"), "two networks 3"]) {
      _ = try ConnectivityFile.list(folder("nets"))
    }
    // Others would be read with, or instead of, those that are written.
    expectError(.unwritableFile, ["another network", "0.pt"]) {
      try networks.write(to: folder("nets"), format: .npz)
    }
  }
}
