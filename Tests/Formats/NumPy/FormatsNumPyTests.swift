import Foundation
import Spiking
import SpikingTestCases
import Testing

@Suite struct FormatsNumPyTests {
  static let numbers = [
    "u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f4", "f8",
    "u2_big", "u4_big", "u8_big", "i2_big", "i4_big", "i8_big", "f4_big", "f8_big",
  ]

  @Test(arguments: numbers) func `reads every type in both byte orders`(_ name: String) throws {
    let array = try NumPyArray(contentsOf: numPyFile("\(name).npy"))
    #expect(array.shape == [2, 3])
    #expect(array.elementType.descriptor.dropFirst() == name.prefix(2))
    #expect(try array.floats() == [0, 1, 2, 3, 4, 5])
    #expect(try array.doubles() == [0, 1, 2, 3, 4, 5])
    #expect(try array.integers() == [0, 1, 2, 3, 4, 5])
  }

  @Test func `reads truth values`() throws {
    let array = try NumPyArray(contentsOf: numPyFile("bool.npy"))
    #expect(array.elementType == .bool)
    #expect(try array.booleans() == [false, true, false, true, false, true])
    #expect(try array.integers() == [0, 1, 0, 1, 0, 1])
    #expect(try array.floats() == [0, 1, 0, 1, 0, 1])
    #expect(try array.doubles() == [0, 1, 0, 1, 0, 1])
    #expect(try NumPyArray([0.0, 1, 1]).booleans() == [false, true, true])
  }

  @Test func `reads numbers of half precision`() throws {
    let array = try NumPyArray(contentsOf: numPyFile("half.npy"))
    #expect(array.elementType == .float16 && array.elementType.descriptor == "<f2")
    // A third has 11 bits: 1365 / 4096.
    #expect(try array.doubles() == [1, -0.5, 65_504, 0x1p-24, .infinity, 1365 * 0x1p-12])
    expectError(.invalidData, ["half.npy", "data[1]", "-0.5", "whole number"]) {
      _ = try array.integers()
    }
  }

  @Test func `reads Fortran order`() throws {
    let matrix = try NumPyArray(contentsOf: numPyFile("fortran_f4.npy"))
    #expect(matrix.shape == [40, 35])
    #expect(try matrix.floats() == (0..<1400).map { Float($0) })
    let cube = try NumPyArray(contentsOf: numPyFile("fortran_i2_big.npy"))
    #expect(cube.shape == [2, 3, 4])
    #expect(try cube.integers() == Array(0..<24))
    let four = try NumPyArray(contentsOf: numPyFile("fortran_u1_4d.npy"))
    #expect(four.shape == [2, 3, 4, 5])
    #expect(try four.integers() == Array(0..<120))
  }

  @Test func `reads shapes and versions`() throws {
    let scalar = try NumPyArray(contentsOf: numPyFile("scalar.npy"))
    #expect(scalar.shape == [] && scalar.count == 1)
    #expect(try scalar.doubles() == [2.5])
    #expect(try NumPyArray(contentsOf: numPyFile("vector.npy")).shape == [4])
    let empty = try NumPyArray(contentsOf: numPyFile("empty.npy"))
    #expect(empty.shape == [0, 3] && empty.count == 0)
    #expect(try empty.floats() == [])
    for version in ["version2.npy", "version3.npy"] {
      #expect(try NumPyArray(contentsOf: numPyFile(version)).floats() == [1.5, -2.5])
    }
    // Python 2 wrote long numbers with an L, and any order and quotes are Python.
    let old = npy(
      #"{"shape": (2L,), 'fortran_order': True, 'descr': '|u1'}"#, [7, 8])
    #expect(try NumPyArray(old).integers() == [7, 8])
  }

  @Test func `reads strings`() throws {
    let strings = try NumPyArray(contentsOf: numPyFile("strings.npy"))
    #expect(strings.elementType == .unicode(length: 4))
    #expect(try strings.strings() == ["AVAL", "é", "神経", "🧠x", ""])
    #expect(
      try NumPyArray(contentsOf: numPyFile("strings_big.npy")).strings() == ["AVAL", "é"])
    let string = NumPyArray(scalar: "🧠x")
    #expect(string.shape == [] && string.elementType == .unicode(length: 2))
    #expect(try string.strings() == ["🧠x"])
    #expect(NumPyArray(scalar: "").elementType == .unicode(length: 1))
  }

  @Test func `keeps the ends of the ranges`() throws {
    let unsigned = try NumPyArray(contentsOf: numPyFile("u8_largest.npy"))
    #expect(try unsigned.doubles() == [0, 0x1p63, 0x1p64])
    expectError(.invalidData, ["u8_largest.npy", "data[1]", "9223372036854775808"]) {
      _ = try unsigned.integers()
    }
    let signed = try NumPyArray(contentsOf: numPyFile("i8_ends.npy"))
    #expect(try signed.integers() == [.min, -1, .max])
    let real = try NumPyArray(contentsOf: numPyFile("f8_fractions.npy"))
    #expect(try real.doubles() == [0.1, -0.5, 1e300, -.infinity])
    #expect(try real.floats() == [0.1, -0.5, .infinity, -.infinity])
    expectError(.invalidData, ["f8_fractions.npy", "data[0]", "0.1", "whole number"]) {
      _ = try real.integers()
    }
  }

  @Test func `conversion errors name the element`() throws {
    expectError(.invalidData, ["data[1, 0]", "2.5"]) {
      _ = try NumPyArray([1, 2, 2.5, 3], shape: [2, 2]).integers()
    }
    expectError(.invalidData, ["data[2]", "found nan"]) {
      _ = try NumPyArray([1, 2, Float.nan]).integers()
    }
    expectError(.invalidData, ["data[1]", "found 2"]) {
      _ = try NumPyArray([1, 2]).booleans()
    }
    expectError(.invalidData, ["strings.npy", "descr", "<U4"]) {
      _ = try NumPyArray(contentsOf: numPyFile("strings.npy")).floats()
    }
    expectError(.invalidData, ["descr", "<f8", "strings"]) {
      _ = try NumPyArray([1.0]).strings()
    }
  }

  @Test func `writes what NumPy writes`() throws {
    let folder = try FormatsFolder()
    let values = [0, 1, 2, 3, 4, 5]
    let arrays: [(String, NumPyArray)] = [
      ("bool", NumPyArray(values.map { $0 % 2 == 1 }, shape: [2, 3])),
      ("u1", NumPyArray(values.map { UInt8($0) }, shape: [2, 3])),
      ("u2", NumPyArray(values.map { UInt16($0) }, shape: [2, 3])),
      ("u4", NumPyArray(values.map { UInt32($0) }, shape: [2, 3])),
      ("u8", NumPyArray(values.map { UInt64($0) }, shape: [2, 3])),
      ("i1", NumPyArray(values.map { Int8($0) }, shape: [2, 3])),
      ("i2", NumPyArray(values.map { Int16($0) }, shape: [2, 3])),
      ("i4", NumPyArray(values.map { Int32($0) }, shape: [2, 3])),
      ("i8", NumPyArray(values, shape: [2, 3])),
      ("f4", NumPyArray(values.map { Float($0) }, shape: [2, 3])),
      ("f8", NumPyArray(values.map { Double($0) }, shape: [2, 3])),
      ("scalar", NumPyArray(scalar: 2.5)),
      ("vector", NumPyArray([Int32](0..<4))),
      ("empty", NumPyArray([Float](), shape: [0, 3])),
    ]
    for (name, array) in arrays {
      let path = folder("\(name).npy")
      try array.write(to: path)
      #expect(try bytes(path) == bytes(numPyFile("\(name).npy")), "\(name)")
      #expect(try NumPyArray(contentsOf: path) == array)
    }
    #expect(folder.names == arrays.map { "\($0.0).npy" }.sorted())
  }

  @Test func `headers fill multiples of 64 bytes`() throws {
    let folder = try FormatsFolder()
    for rank in 0...30 {
      let path = folder("a.npy")
      let array = NumPyArray([UInt8(7)], shape: [Int](repeating: 1, count: rank))
      try array.write(to: path)
      #expect(try bytes(path).count % 64 == 1)
      #expect(try NumPyArray(contentsOf: path) == array)
    }
  }

  static let damaged: [(Data, [String])] = [
    (Data(), ["magic"]),
    (Data("neurons".utf8), ["magic", "found a text, such as a table"]),
    (npy("").prefix(8), ["header", "8 bytes", "at least 10"]),
    (npy("{}", version: 2).prefix(11), ["header", "11 bytes", "at least 12"]),
    (npy("{}", version: 9), ["version", "found 9", "1, 2 or 3"]),
    (npy(fields()).prefix(30), ["header", "30 bytes"]),
    (npy("\u{0}\u{1}garbage"), ["header", "garbage", "dictionary"]),
    (npy("{'descr': '<f4', 'shape': (2,)}"), ["header", "descr, shape", "fortran_order"]),
    (npy("{'descr'}"), ["header", "dictionary"]),
    (npy(fields("'<q9'")), ["descr", "'<q9'"]),
    (npy(fields("'<<f4'")), ["descr", "'<<f4'"]),
    (npy(fields("'<U0'")), ["descr", "'<U0'"]),
    (npy(fields("f4")), ["descr", "found f4"]),
    (npy(fields(order: "1")), ["fortran_order", "found 1", "True or False"]),
    (npy(fields(shape: "(-2,)")), ["shape", "(-2,)"]),
    (npy(fields(shape: "(2.5,)")), ["shape", "(2.5,)"]),
    (npy(fields(shape: "(2, , 3)")), ["shape", "(2, , 3)"]),
    (npy(fields(shape: "2")), ["shape", "found 2"]),
    (npy(fields(shape: "('a',)")), ["shape", "('a',)"]),
    (npy(fields(shape: "(9223372036854775807, 2)")), ["shape", "9223372036854775807"]),
    (npy(fields(shape: "(4611686018427387904,)")), ["shape", "2^63"]),
    (npy(fields(shape: "(99999999999999999999,)")), ["shape", "99999999999999999999"]),
    (npy(fields(shape: "(1000000000000,)")), ["data", "0 bytes", "4000000000000"]),
    (npy(fields(), [1, 2, 3, 4, 5, 6, 7]), ["data", "7 bytes", "8", "(2,)", "<f4"]),
    (npy(fields(), [1, 2, 3, 4, 5, 6, 7, 8, 9]), ["data", "9 bytes", "8"]),
    (
      npy(fields("'<U2'", order: "True", shape: "(1, 1)"), [0, 0, 0, 0, 0, 0, 0, 0]),
      ["fortran_order"]
    ),
  ]

  static func fields(
    _ type: String = "'<f4'", order: String = "False", shape: String = "(2,)"
  ) -> String {
    "{'descr': \(type), 'fortran_order': \(order), 'shape': \(shape), }"
  }

  @Test(arguments: damaged) func `damaged files are errors`(_ data: Data, _ parts: [String]) throws
  {
    let folder = try FormatsFolder()
    let path = try folder.file("damaged.npy", data)
    expectError(.invalidData, [path] + parts) { _ = try NumPyArray(contentsOf: path) }
    expectError(.invalidData, parts) { _ = try NumPyArray(data) }
  }

  @Test(arguments: [
    ("complex", "'<c16'"), ("object", "'|O'"), ("structured", "[('a', '<i4'), ('b', '<f8')]"),
  ]) func `unsupported types are errors`(_ name: String, _ type: String) {
    expectError(.invalidData, ["\(name).npy", "descr", type]) {
      _ = try NumPyArray(contentsOf: numPyFile("\(name).npy"))
    }
  }

  @Test func `strings that are not Unicode are errors`() throws {
    let data = npy(Self.fields("'<U1'", shape: "(1,)"), [0xFF, 0xFF, 0xFF, 0x7F])
    expectError(.invalidData, ["data[0]", "2147483647"]) { _ = try NumPyArray(data).strings() }
  }

  @Test func `every truncation is an error`() throws {
    let whole = try bytes(numPyFile("f8.npy"))
    for count in 0..<whole.count {
      #expect(throws: SpikingError.self) { try NumPyArray(whole.prefix(count)) }
    }
  }

  @Test func `unreadable files say why`() throws {
    let folder = try FormatsFolder()
    expectError(.unreadableFile, [folder("no.npy"), "No such file or directory"]) {
      _ = try NumPyArray(contentsOf: folder("no.npy"))
    }
    expectError(.unreadableFile, [folder.path, "Is a directory"]) {
      _ = try NumPyArray(contentsOf: folder.path)
    }
  }

  @Test func `large arrays are converted in bulk`() throws {
    // 100 MB; a loop over bytes or boxed numbers takes many times this.
    let values = [Float](repeating: 1.5, count: 25_000_000)
    let folder = try FormatsFolder()
    let path = folder("large.npy")
    try NumPyArray(values).write(to: path)
    let start = ContinuousClock.now
    let read = try NumPyArray(contentsOf: path).floats()
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(read == values)
  }
}
