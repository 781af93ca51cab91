import Foundation
import Spiking
import SpikingTestCases
import Testing

@Suite struct FormatsConnectivityTests {
  private let weights: [Float] = [0, 1.5, -2, 0]

  @Test(arguments: [
    ("comma.csv", "0,1.5\n-2,0\n"), ("tab.tsv", "0\t1.5\n-2\t0"),
    ("blank.txt", "  0 1.5 \n -2  0\n\n"),
    ("both.csv", "0, 1.5\n-2 ,0\n"), ("comment.csv", "# weights\n0,1.5 # first\n\n-2,0\n"),
    ("windows.csv", "\u{FEFF}0,1.5\r\n-2,0\r\n"), ("exponent.TXT", "0e0 +15e-1\n-2.0 0"),
  ]) func `text has many forms`(_ name: String, _ text: String) throws {
    let folder = try FormatsFolder()
    let network = try Connectivity(contentsOf: folder.file(name, text))
    #expect(network.name == name.prefix { $0 != "." })
    #expect(network.matrix() == weights)
  }

  @Test(arguments: numPyMatrices) func `arrays of every real type`(_ name: String) throws {
    let folder = try FormatsFolder()
    let path = folder("7.npy")
    let array = try NumPyArray(contentsOf: numPyFile("\(name).npy"))
    // The first 2 × 2 of the 2 × 3.
    let values = try array.integers()
    let square = [values[0], values[1], values[3], values[4]]
    switch array.elementType {
    case .bool: try NumPyArray(square.map { $0 == 1 }, shape: [2, 2]).write(to: path)
    case .uint8: try NumPyArray(square.map { UInt8($0) }, shape: [2, 2]).write(to: path)
    case .int16: try NumPyArray(square.map { Int16($0) }, shape: [2, 2]).write(to: path)
    case .float64: try NumPyArray(square.map { Double($0) }, shape: [2, 2]).write(to: path)
    default: try NumPyArray(square, shape: [2, 2]).write(to: path)
    }
    let network = try Connectivity(contentsOf: path)
    #expect(network.name == "7")
    #expect(network.matrix() == square.map { Float($0) })
  }

  static let numPyMatrices = ["bool", "u1", "i2", "i8", "f8"]

  @Test func `archives by name or by their only matrix`() throws {
    #expect(try Connectivity(contentsOf: numPyFile("stored.npz")).matrix() == weights)
    #expect(try Connectivity(contentsOf: numPyFile("deflated.npz")).name == "deflated")
    let folder = try FormatsFolder()
    // Other programs' arrays may have the names of ours.
    try NumPyArchive.write(
      [
        ("W", NumPyArray([0, 1.5, 0, 0], shape: [2, 2])), ("time", NumPyArray([0.5, 1])),
        ("estimate", NumPyArray([1.0])),
      ], to: folder("other.npz"))
    #expect(try Connectivity(contentsOf: folder("other.npz")).matrix() == [0, 1.5, 0, 0])
    let two = ConnectivityFile(numPyFile("two_squares.npz"))
    #expect(try two.load(array: "b").matrix() == [0, -2, 1.5, 0])
    expectError(.invalidData, ["two_squares.npz", "2 square matrices", "a, b"]) {
      _ = try two.load()
    }
    expectError(.unknownName, ["two_squares.npz", "array c", "a, b"]) {
      _ = try two.load(array: "c")
    }
    expectError(.invalidData, ["events.npz", "0 square matrices"]) {
      _ = try Connectivity(contentsOf: numPyFile("events.npz"))
    }
    expectError(.invalidData, ["deflated.npz: zeros", "(50, 60)"]) {
      _ = try Connectivity(contentsOf: numPyFile("deflated.npz"), array: "zeros")
    }
  }

  @Test func `what is saved comes back`() throws {
    let folder = try FormatsFolder()
    var networks: [Connectivity] = []
    for index in 0..<12 {
      var matrix = [Float](repeating: 0, count: 400)
      matrix[index * 21 + 1] = Float(index) - 5.5
      networks.append(try Connectivity(matrix: matrix, neuronCount: 20))
    }
    try networks.write(to: folder("made/here"))
    let files = try ConnectivityFile.list(folder("made/here"))
    #expect(files.map(\.name) == (0..<12).map { "\($0)" })
    #expect(try [Connectivity](contentsOf: folder("made/here")) == networks)
    let array = try NumPyArray(contentsOf: files[3].path)
    #expect(array.shape == [20, 20])
    #expect(array.elementType == .float32)
    #expect(try array.floats() == networks[3].matrix())
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder("made/here")).count == 12)
  }

  @Test func `networks are not saved among others`() throws {
    let folder = try FormatsFolder()
    func networks(_ count: Int, delay: Int = 1) throws -> [Connectivity] {
      let generator = ErdosRenyiGenerator(neurons: 5, probability: 0.8)
      return try (0..<count).map {
        let network = try generator.network($0, seed: 0)
        return delay > 1 ? try network.mapDelays { _, _, _ in delay } : network
      }
    }
    try networks(3, delay: 4).write(to: folder("nets"))
    // Fewer would leave an older one beside them.
    expectError(.unwritableFile, ["nets", "another network, 2.npy", "that are replaced"]) {
      try networks(2).write(to: folder("nets"))
    }
    // As many replace them, and the delays that they do not have.
    try networks(3).write(to: folder("nets"))
    #expect(try [Connectivity](contentsOf: folder("nets")) == networks(3))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder("nets/delays")).isEmpty)
    _ = try folder.file("nets/delays/7.npy", "")
    expectError(.unwritableFile, ["nets/delays", "another network's delays, 7.npy"]) {
      try networks(4).write(to: folder("nets"))
    }
  }

  @Test func `folders are read in natural order`() throws {
    let folder = try FormatsFolder()
    let names = ["10", "2", "b10", "b9", "1", "01"]
    for name in names {
      try NumPyArray([Float(1)], shape: [1, 1]).write(to: folder("\(name).npy"))
    }
    _ = try folder.file(".hidden.npy", "")
    _ = try folder.file("notes.txt", "not a network")
    let expected = ["01", "1", "2", "10", "b9", "b10"]
    #expect(try ConnectivityFile.list(folder.path).map(\.name) == expected)
    #expect(try [Connectivity](contentsOf: "\(folder.path)/").map(\.name) == expected)
    #expect(try [Connectivity](contentsOf: folder("b9.npy")).map(\.name) == ["b9"])
  }

  @Test func `nothing to read is an error`() throws {
    let folder = try FormatsFolder()
    _ = try folder.file(".hidden.npy", "")
    expectError(.invalidData, [folder.path, "without networks", ".npy"]) {
      _ = try [Connectivity](contentsOf: folder.path)
    }
    for name in ["no.npy", "no.npz", "no.csv", "no.mat", "no"] {
      expectError(.unreadableFile, [folder(name), "No such file or directory"]) {
        _ = try [Connectivity](contentsOf: folder(name))
      }
    }
    let other = try folder.file("network.md", "?")
    expectError(.invalidData, [other, "\"md\"", "npy, npz, pt"]) {
      _ = try Connectivity(contentsOf: other)
    }
  }

  @Test(arguments: [
    ("0 1\n2 x", ["line 2, column 2", "W[1, 1]", "\"x\"", "finite"]),
    ("0 nan\n2 0", ["line 1, column 2", "W[0, 1]", "\"nan\""]),
    ("# a\n\n0,1\n-inf,0", ["line 4, column 1", "W[1, 0]", "\"-inf\""]),
    ("0 1e39\n2 0", ["W[0, 1]", "1e39"]),
    ("0,,1\n2,0,0", ["line 1, column 2", "\"\""]),
    ("0,1,\n2,0", ["line 1, column 3", "\"\""]),
    ("0;1\n2;0", ["line 1, column 1", "\"0;1\""]),
    ("0 1\n2 0 3", ["line 2", "3 values", "2"]),
    ("0 1 2 0 1\n2 0 3 0 1", ["W[i, j]", "(2, 5)", "(N, N)"]),
    ("", ["W[i, j]", "(0, 0)"]), ("# nothing\n\n", ["W[i, j]", "(0, 0)"]),
    ("\u{0}\u{1}", ["line 1, column 1"]),
  ]) func `wrong text is an error`(_ text: String, _ parts: [String]) throws {
    let folder = try FormatsFolder()
    let path = try folder.file("wrong.csv", text)
    expectError(.invalidData, [path] + parts) { _ = try Connectivity(contentsOf: path) }
  }

  private static func matrix(_ index: Int, _ value: Double) -> NumPyArray {
    var matrix = [Double](repeating: 0, count: 448 * 448)
    matrix[index] = value
    return NumPyArray(matrix, shape: [448, 448])
  }

  @Test(arguments: [
    (matrix(448 * 3 + 5, .nan), ["W[3, 5]", "found nan", "finite"]),
    (matrix(0, -.infinity), ["W[0, 0]", "found -inf"]),
    (matrix(448 * 448 - 1, 1e300), ["W[447, 447]", "found 1e+300"]),
    (NumPyArray([Float](), shape: [0, 0]), ["W[i, j]", "(0, 0)"]),
    (NumPyArray([1, 2], shape: [1, 2]), ["W[i, j]", "(1, 2)"]),
    (NumPyArray([1]), ["W[i, j]", "(1,)"]),
    (NumPyArray([1], shape: [1, 1, 1]), ["W[i, j]", "(1, 1, 1)"]),
  ]) func `wrong matrices are errors`(_ array: NumPyArray, _ parts: [String]) throws {
    let folder = try FormatsFolder()
    let path = folder("wrong.npy")
    try array.write(to: path)
    expectError(.invalidData, [path] + parts) { _ = try Connectivity(contentsOf: path) }
    try NumPyArchive.write(["w": array], to: folder("wrong.npz"))
    expectError(.invalidData, ["wrong.npz: w"] + parts) {
      _ = try Connectivity(contentsOf: folder("wrong.npz"), array: "w")
    }
  }

  @Test func `a full matrix of text`() throws {
    let folder = try FormatsFolder()
    let numbers = (0..<448 * 448).map { Float($0 % 17) / 8 - 1 }
    let text = (0..<448).map { row in
      numbers[(row * 448)..<((row + 1) * 448)].map { "\($0)" }.joined(separator: ",")
    }.joined(separator: "\n")
    #expect(try Connectivity(contentsOf: folder.file("448.csv", text)).matrix() == numbers)
  }

  @Test func `strings are no weights`() throws {
    let folder = try FormatsFolder()
    var data = npy("{'descr': '<U1', 'fortran_order': False, 'shape': (1, 1), }")
    data += [65, 0, 0, 0]
    let path = try folder.file("s.npy", data)
    expectError(.invalidData, [path, "descr", "<U1"]) { _ = try Connectivity(contentsOf: path) }
  }

  @Test func `labels of neurons`() throws {
    let folder = try FormatsFolder()
    #expect(
      try ConnectivityFile.labels(folder.file("a.txt", "AVAL\r\n AVAR\n\né\n\n"))
        == ["AVAL", "AVAR", "", "é"])
    #expect(try ConnectivityFile.labels(numPyFile("stored.npz")) == ["AVAL", "AVAR"])
    #expect(try ConnectivityFile.labels(numPyFile("strings_big.npy")) == ["AVAL", "é"])
    expectError(.unknownName, ["zip64.npz", "names"]) {
      _ = try ConnectivityFile.labels(numPyFile("zip64.npz"))
    }
    expectError(.unreadableFile, [folder("no.txt")]) {
      _ = try ConnectivityFile.labels(folder("no.txt"))
    }
    let latin = try folder.file("latin.txt", Data([0xE9, 0x0A]))
    expectError(.invalidData, [latin, "UTF-8"]) { _ = try ConnectivityFile.labels(latin) }
  }

  @Test func `what cannot be saved leaves nothing`() throws {
    let folder = try FormatsFolder()
    let file = try folder.file("file", "")
    let network = try Connectivity(matrix: [1], neuronCount: 1)
    expectError(.unwritableFile, [file, "File exists"]) {
      try [network].write(to: file)
    }
    expectError(.unwritableFile, [folder("no/0.npy"), "No such file"]) {
      try network.write(to: folder("no/0.npy"))
    }
    #expect(folder.names == ["file"])
  }
}
