internal import Foundation
public import SpikingFramework

/// The arrays of a `.npz` file, by name. Each is read when it is asked for: memory holds those that
/// are kept.
///
/// ```swift
/// let archive = try NumPyArchive("fit.npz")
/// let bias = try archive.array("bias").doubles()
/// ```
public struct NumPyArchive: ~Copyable {
  /// The file.
  public let path: String
  /// The names of the arrays, in the order of the file.
  public let names: [String]
  private let zip: ZipArchive

  /// Opens the archive at `path`; no array is read.
  ///
  /// - Throws: `unreadableFile` where it is missing or not a zip file.
  public init(_ path: String) throws(SpikingError) {
    let zip = try ZipArchive(path)
    self.path = path
    names = zip.names.filter { $0.hasSuffix(Self.suffix) }.map { String($0.dropLast(4)) }
    self.zip = zip
  }

  /// The array `name`, stored or deflated.
  ///
  /// - Throws: `unknownName`, with the names there are, or `invalidData` where it is damaged.
  public func array(_ name: String) throws(SpikingError) -> NumPyArray {
    try check(name)
    return try NumPyArray(zip.read(name + Self.suffix), source: "\(path): \(name)")
  }

  /// The shape and the type of the array `name`, of which only the header is read.
  ///
  /// - Throws: as `array(_:)`.
  public func description(
    of name: String
  ) throws(SpikingError) -> (shape: [Int], elementType: NumPyArray.ElementType) {
    let header = try header(of: name)
    return (header.shape, header.elementType)
  }

  /// Writes a `.npz` file of uncompressed arrays in this order, as `numpy.savez` does.
  ///
  /// - Precondition: there is at least one array, and no name comes twice.
  /// - Throws: `unwritableFile`; there is no file then, or the one that was there before.
  public static func write(
    _ arrays: KeyValuePairs<String, NumPyArray>, to path: String
  ) throws(SpikingError) {
    try write(arrays.map { ($0.key, $0.value) }, to: path)
  }

  /// Writes a `.npz` file of a list of named arrays.
  ///
  /// - Precondition: there is at least one array, and no name comes twice.
  /// - Throws: `unwritableFile`; there is no file then, or the one that was there before.
  public static func write(
    _ arrays: [(name: String, array: NumPyArray)], to path: String
  ) throws(SpikingError) {
    try write(arrays.map { ($0.name, .parts($0.array.parts)) }, to: path)
  }

  /// Writes a `.npz` file of arrays each of which may lie in a `.npy` file.
  static func write(
    _ arrays: [(name: String, content: ZipArchive.Content)], to path: String
  ) throws(SpikingError) {
    precondition(!arrays.isEmpty, "an archive needs an array")
    precondition(Set(arrays.map(\.name)).count == arrays.count, "a name comes twice")
    try ZipArchive.write(arrays.map { ($0.name + suffix, $0.content) }, to: path)
  }

  private static let suffix = ".npy"

  private func check(_ name: String) throws(SpikingError) {
    guard names.contains(name) else {
      throw SpikingError(
        .unknownName, path,
        "there is no array \(name), expected one of \(names.joined(separator: ", "))")
    }
  }

  private func header(of name: String) throws(SpikingError) -> NumPyHeader {
    try check(name)
    do {
      return try NumPyHeader(zip.read(name + Self.suffix, limit: NumPyHeader.maximumLength + 12))
    } catch {
      throw error.subject.hasPrefix(path) ? error : error.within("\(path): \(name)")
    }
  }

  /// A one-dimensional array, to be read in blocks while this archive is open.
  func blocks(of name: String) throws(SpikingError) -> NumPyColumn {
    try NumPyColumn(
      header(of: name), zip.entry(name + Self.suffix), source: "\(path): \(name)")
  }
}

extension NumPyArchive {
  /// The whole numbers of a one-dimensional array.
  func column<Value: FixedWidthInteger & BitwiseCopyable>(
    _ name: String, as type: Value.Type
  ) throws(SpikingError) -> [Value] {
    try columnArray(name).integers(as: type)
  }

  /// The real numbers of a one-dimensional array.
  func column(_ name: String) throws(SpikingError) -> [Double] {
    try columnArray(name).doubles()
  }

  /// The whole number that is all of an array.
  func scalar<Value: FixedWidthInteger & BitwiseCopyable>(
    _ name: String, as type: Value.Type
  ) throws(SpikingError) -> Value {
    try scalarArray(name).integers(as: type)[0]
  }

  /// The real number that is all of an array.
  func scalar(_ name: String) throws(SpikingError) -> Double {
    try scalarArray(name).doubles()[0]
  }

  private func columnArray(_ name: String) throws(SpikingError) -> NumPyArray {
    let array = try array(name)
    guard array.shape.count == 1 else {
      throw array.error(
        "shape", found: NumPyHeader.text(array.shape), expected: "one dimension")
    }
    return array
  }

  private func scalarArray(_ name: String) throws(SpikingError) -> NumPyArray {
    let array = try array(name)
    guard array.count == 1 else {
      throw array.error("shape", found: NumPyHeader.text(array.shape), expected: "one number")
    }
    return array
  }
}
