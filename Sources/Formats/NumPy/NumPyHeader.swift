internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

/// What stands before the elements of a `.npy` file: magic, version, length, and a Python
/// dictionary (the format of NumPy's `numpy.lib.format`).
struct NumPyHeader {
  let elementType: NumPyArray.ElementType
  var shape: [Int]
  var isBigEndian = false
  var isFortranOrder = false
  /// Where the elements begin in the file.
  var dataOffset = 0

  /// Longer headers, which only tables with thousands of columns have, are taken for damaged files.
  static let maximumLength = 1 << 16

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  init(elementType: NumPyArray.ElementType, shape: [Int]) {
    self.elementType = elementType
    self.shape = shape
  }

  /// The header at the beginning of `file`, which may be longer.
  ///
  /// - Throws: `invalidData` whose subject is the field that is wrong.
  init(_ file: Data) throws(SpikingError) {
    var rest = file
    try self.init { (count: Int) throws(SpikingError) -> Data in
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
  }

  /// The header of a file that is read from its front; afterwards the elements are next.
  ///
  /// - Parameter read: gives the next bytes of the file, fewer at its end.
  /// - Throws: `invalidData` whose subject is the field that is wrong, or the errors of `read`.
  init(_ read: (Int) throws(SpikingError) -> Data) throws(SpikingError) {
    // Magic, version, and the first two bytes of the length, which version 1 has only.
    var start = [UInt8](try read(10))
    guard start.prefix(6).elementsEqual(Self.magic) else {
      throw SpikingError(
        .invalidData, "magic", found: FileKind.description(start),
        expected: "one array of NumPy (.npy)")
    }
    guard start.count == 10 else { throw Self.truncated(start.count, 10) }
    let version = start[6]
    guard 1...3 ~= version else {
      throw SpikingError(.invalidData, "version", found: version, expected: "1, 2 or 3")
    }
    if version > 1 { start += try read(2) }
    let textOffset = version == 1 ? 10 : 12
    guard start.count == textOffset else { throw Self.truncated(start.count, textOffset) }
    let length = start[8...].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.maximumLength else {
      throw SpikingError(
        .invalidData, "header", found: "\(length) bytes", expected: "at most \(Self.maximumLength)")
    }
    dataOffset = textOffset + length
    let bytes = try read(length)
    guard bytes.count == length else {
      throw Self.truncated(textOffset + bytes.count, dataOffset)
    }
    let fields = try PythonDictionary(String(decoding: bytes, as: UTF8.self)).fields
    guard fields.keys.sorted() == ["descr", "fortran_order", "shape"] else {
      throw SpikingError(
        .invalidData, "header", found: fields.keys.sorted().joined(separator: ", "),
        expected: "descr, fortran_order, shape")
    }
    (elementType, isBigEndian) = try Self.type(fields["descr", default: ""])
    isFortranOrder = try Self.flag(fields["fortran_order", default: ""])
    shape = try Self.shape(fields["shape", default: ""])
    guard ArraySize.elements(of: shape) != nil else {
      throw SpikingError(
        .invalidData, "shape", found: Self.text(shape), expected: ArraySize.expected)
    }
  }

  /// - Throws: `invalidData` where this is not the number of bytes that the elements take.
  func check(byteCount: Int) throws(SpikingError) {
    let expected = ArraySize.bytes(of: shape, elementType.byteCount)
    guard byteCount == expected else {
      let bytes = expected.map { "\($0)" } ?? "2^63 and more"
      throw SpikingError(
        .invalidData, "data", found: "\(byteCount) bytes",
        expected: "\(bytes) for shape \(Self.text(shape)) of \(elementType.descriptor)")
    }
  }

  /// The header of version 1.0, padded with blanks to a multiple of 64 bytes.
  var bytes: Data {
    let fields =
      "{'descr': '\(elementType.descriptor)', 'fortran_order': False, "
      + "'shape': \(Self.text(shape)), }"
    let padding = 63 - (10 + fields.utf8.count) % 64
    let text = fields + String(repeating: " ", count: padding) + "\n"
    let length = UInt16(text.utf8.count)
    return Data(Self.magic + [1, 0, UInt8(length & 255), UInt8(length >> 8)]) + Data(text.utf8)
  }

  /// A shape as Python writes it: "(3,)".
  static func text(_ shape: [Int]) -> String {
    shape.count == 1
      ? "(\(shape[0]),)" : "(\(shape.map { "\($0)" }.joined(separator: ", ")))"
  }
}

extension NumPyHeader {
  private static func truncated(_ found: Int, _ expected: Int) -> SpikingError {
    SpikingError(
      .invalidData, "header", found: "\(found) bytes", expected: "at least \(expected)")
  }

  private static func type(
    _ text: String
  ) throws(SpikingError) -> (NumPyArray.ElementType, isBigEndian: Bool) {
    let name = String(text.dropFirst().dropLast())
    guard text.first == "'" || text.first == "\"",
      let type = NumPyArray.ElementType(descriptor: name)
    else {
      throw SpikingError(
        .invalidData, "descr", found: text,
        expected: "bool, whole or real numbers of up to 8 bytes (not float16), or unicode")
    }
    return (type, name.first == ">")
  }

  private static func flag(_ text: String) throws(SpikingError) -> Bool {
    guard text == "True" || text == "False" else {
      throw SpikingError(.invalidData, "fortran_order", found: text, expected: "True or False")
    }
    return text == "True"
  }

  private static func shape(_ text: String) throws(SpikingError) -> [Int] {
    var parts = text.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
      .map(\.trimmed)
    // "()" and the comma of "(3,)" leave an empty last part.
    if parts.last == "" { parts.removeLast() }
    // Python 2 wrote "3L".
    let lengths = parts.compactMap { Int($0.hasSuffix("L") ? $0.dropLast() : $0) }
    guard text.hasPrefix("("), text.hasSuffix(")"), lengths.count == parts.count,
      lengths.allSatisfy({ $0 >= 0 })
    else {
      throw SpikingError(
        .invalidData, "shape", found: text, expected: "whole numbers, zero or above")
    }
    return lengths
  }
}
