import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What the command says of networks that it cannot read, and that it reads all it should.
@Suite struct CommandNetworkFileTests {
  private let folder: CommandFolder

  init() throws { folder = try CommandFolder() }

  private func simulate(_ networks: String) throws -> CommandFolder.Run {
    try folder.spiking(
      "simulate --model BernoulliGLM --set theta=0 --networks \(networks) --steps 200 --seed 1 "
        + "--output out.npz")
  }

  /// The bytes of a `.npy` file whose header says what it is told.
  private func array(_ type: String, _ shape: String, fortran: Bool = false, _ data: [UInt8])
    -> [UInt8]
  {
    let fields = "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), "
    let text = fields + "'shape': \(shape), }"
    let header = text + String(repeating: " ", count: 117 - text.utf8.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8) + data
  }

  private func bytes(_ values: [Double], bigEndian: Bool = false) -> [UInt8] {
    values.flatMap { value in
      let pattern = bigEndian ? value.bitPattern.bigEndian : value.bitPattern.littleEndian
      return withUnsafeBytes(of: pattern) { [UInt8]($0) }
    }
  }

  @Test(arguments: [
    ([2, 3], "(2, 3)"), ([4], "(4,)"), ([2, 2, 2], "(2, 2, 2)"), ([0, 0], "(0, 0)"), ([], "()"),
  ])
  func `a matrix that is not square is refused`(shape: [Int], text: String) throws {
    let values = [Float](repeating: 1, count: shape.reduce(1, *))
    try NumPyArray(values, shape: shape).write(to: folder.path("w.npy"))
    expectFailure(try simulate("w.npy"), ["w.npy", "shape", "found \(text)", "(N, N)"])
  }

  @Test(arguments: [
    (Double.nan, "found nan"), (.infinity, "found inf"), (-.infinity, "found -inf"),
    (1e300, "found 1e+300"),
  ])
  func `a weight that is no finite number is refused`(weight: Double, found: String) throws {
    try NumPyArray([1, 2, 3, 4, 5, weight, 7, 8, 9], shape: [3, 3]).write(
      to: folder.path("w.npy"))
    expectFailure(try simulate("w.npy"), ["w.npy", "W[1, 2]", found, "finite"])
  }

  @Test func `a damaged file is refused, whatever its damage`() throws {
    let whole = array("<f8", "(2, 2)", bytes([1, 2, 3, 4]))
    var stream = RandomSource(seed: 3)["bytes"].stream()
    let garbage = (0..<500).map { _ in UInt8(stream.choose(1, below: 256)[0]) }
    for (bytes, words) in [
      ([], ["magic", "found an empty file"]),
      (garbage, ["magic"]),
      (Array(whole.prefix(8)), ["header", "found 8 bytes", "at least 10"]),
      (Array(whole.prefix(60)), ["header", "found 60 bytes", "at least 128"]),
      (whole.dropLast(9), ["data", "found 23 bytes", "expected 32"]),
      (whole + [0], ["data", "found 33 bytes", "expected 32"]),
      (Array(whole.prefix(10)) + garbage, ["header"]),
      (array("<f8", "(2, -2)", []), ["shape", "(2, -2)"]),
      (array("<f8", "(4611686018427387904, 4)", []), ["shape", "4611686018427387904"]),
      (array("<f8", "(100000, 100000)", []), ["data", "found 0 bytes"]),
    ] as [([UInt8], [String])] {
      try folder.write(bytes, to: "w.npy")
      expectFailure(try simulate("w.npy"), ["w.npy: "] + words)
    }
  }

  @Test(arguments: ["<c16", "|O", "<M8[ns]", "|V8", "<U1"])
  func `elements that are no numbers are refused`(type: String) throws {
    try folder.write(
      array(type, "(2, 2)", [UInt8](repeating: 65, count: type == "<U1" ? 16 : 64)), to: "w.npy")
    expectFailure(try simulate("w.npy"), ["w.npy", "descr", "'\(type)'"])
  }

  @Test func `byte order and order of the indices do not matter`() throws {
    // One synapse, from neuron 0 to neuron 1; read the wrong way round it leads elsewhere.
    let matrix = [0.0, 30, 0, 0, 0, 0, 0, 0, 0]
    let columns = [0.0, 0, 0, 30, 0, 0, 0, 0, 0]
    let files = [
      "c": array("<f8", "(3, 3)", bytes(matrix)),
      "fortran": array("<f8", "(3, 3)", fortran: true, bytes(columns)),
      "big": array(">f8", "(3, 3)", bytes(matrix, bigEndian: true)),
      "both": array(">f8", "(3, 3)", fortran: true, bytes(columns, bigEndian: true)),
    ]
    var infos: Set<String> = []
    var spikes: Set<[UInt8]> = []
    for (name, file) in files {
      // The name of a network decides its random numbers: the same in four folders.
      try folder.makeFolder(name)
      try folder.write(file, to: "\(name)/w.npy")
      let info = try folder.spiking("info \(name)/w.npy")
      expectSuccess(info)
      infos.insert(info.output.replacingOccurrences(of: "\(name)/w.npy", with: "FILE"))
      let converted = try folder.spiking("convert \(name)/w.npy \(name).npy")
      expectSuccess(converted)
      #expect(
        try NumPyArray(contentsOf: folder.path("\(name).npy"))
          == NumPyArray(matrix.map { Float($0) }, shape: [3, 3]))
      expectSuccess(try simulate("\(name)/w.npy"))
      spikes.insert(try folder.bytes("out.npz"))
    }
    #expect(infos.count == 1 && infos.first?.contains("1 synapses") == true)
    #expect(spikes.count == 1)
    #expect(try BinnedSpikes(contentsOf: folder.path("out.npz")).spikeCount > 20)
  }

  @Test func `a path that leads nowhere is refused`() throws {
    try folder.makeFolder("empty")
    try folder.write("no network", to: "empty/notes.txt")
    try folder.write("no network", to: "notes.md")
    expectFailure(try simulate("empty"), ["empty", "without networks", ".npy"])
    for path in ["missing", "missing.npy", "missing.csv", "missing.npz", "empty/0.npy"] {
      expectFailure(try simulate(path), ["\(path): ", "No such file"])
    }
    expectFailure(try simulate("notes.md"), ["notes.md", "\"md\"", "npy, npz, pt"])
    let nothing = try folder.spiking([
      "simulate", "--model", "BernoulliGLM", "--networks", "", "--steps", "1", "--output", "o.npz",
    ])
    expectFailure(nothing, ["spiking: \"\": "])
  }

  @Test func `one bad network in a folder is named`() throws {
    let networks = try NormalGenerator(neurons: 4).networks(count: 3, seed: 0)
    try networks.write(to: folder.path("nets"))
    try folder.write([], to: "nets/1.npy")
    expectFailure(try simulate("nets"), ["nets/1.npy", "magic"])
  }

  @Test(arguments: [
    ("1,2\n3\n", ["line 2", "1 values", "expected 2"]),
    ("1,2\n3,abc\n", ["line 2, column 2", "W[1, 1]", "\"abc\""]),
    ("1,2\n3,nan\n", ["line 2, column 2", "W[1, 1]", "\"nan\""]),
    ("1,,2\n", ["line 1, column 2", "\"\""]),
    ("", ["shape", "(0, 0)"]), ("# nothing\n\n", ["shape", "(0, 0)"]),
    ("1 2 3 4 5\n4 5 6 7 8\n", ["shape", "(2, 5)"]),
    ("1;2\n3;4\n", ["line 1, column 1", "\"1;2\""]),
  ])
  func `text that is no square matrix is refused`(text: String, words: [String]) throws {
    for name in ["w.csv", "w.txt"] {
      try folder.write(text, to: name)
      expectFailure(try simulate(name), ["\(name): "] + words)
    }
  }

  @Test func `an archive needs one square matrix, or a name`() throws {
    let square = NumPyArray([Float](repeating: 1, count: 4), shape: [2, 2])
    let vector = NumPyArray([Float](repeating: 1, count: 4))
    try NumPyArchive.write(["a": vector], to: folder.path("none.npz"))
    try NumPyArchive.write(["a": square, "b": square], to: folder.path("two.npz"))
    try NumPyArchive.write(["a": square, "b": vector], to: folder.path("one.npz"))
    try folder.write("PK\u{3}\u{4} no archive", to: "garbage.npz")
    expectFailure(try simulate("none.npz"), ["none.npz", "0 square matrices, the arrays a"])
    expectFailure(try simulate("two.npz"), ["two.npz", "2 square matrices, the arrays a, b"])
    expectFailure(
      try simulate("two.npz --array c"), ["--array: two.npz", "no array c", "a, b"], exitCode: 64)
    expectFailure(try simulate("one.npz --array b"), ["one.npz", "b", "shape", "(4,)"])
    expectFailure(try simulate("garbage.npz"), ["garbage.npz", "cannot be read"])
    expectSuccess(try simulate("two.npz --array b"))
    expectSuccess(try simulate("one.npz"))
    #expect(try BinnedSpikes(contentsOf: folder.path("out.npz")).neuronCount == 2)
  }
}
