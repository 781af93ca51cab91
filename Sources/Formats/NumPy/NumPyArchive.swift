internal import Foundation
public import SpikingFiles
public import SpikingFramework

/// The arrays of a `.npz` file, by name. Each is read when it is asked for: memory holds those that
/// are kept.
///
/// ```swift
/// let archive = try NumPyArchive(contentsOf: "fit.npz")
/// let bias = try archive.array("bias").doubles()
/// ```
public struct NumPyArchive: ~Copyable {
  /// The file.
  public let path: String
  /// The size of the file.
  var byteCount: Int { zip.byteCount }
  /// The names of the arrays, in the order of the file.
  public let names: [String]
  /// The entry of each array; of equal names the first.
  private let entries: [String: Int]
  private let zip: ZipArchive

  /// Opens an archive; no array is read.
  ///
  /// - Throws: `unreadableFile` where it is missing or not a zip file.
  public init(contentsOf location: some FileLocation) throws(SpikingError) {
    let path = location.locationPath
    let zip = try ZipArchive(path)
    let arrays = zip.names.enumerated().filter { $1.hasSuffix(Self.suffix) }
      .map { (name: String($1.dropLast(Self.suffix.count)), entry: $0) }
    self.path = path
    names = arrays.map(\.name)
    entries = Dictionary(arrays.map { ($0.name, $0.entry) }) { first, _ in first }
    self.zip = zip
  }

  /// Whether there is an array of this name.
  ///
  /// - Complexity: O(1), where to look through `names` takes longer.
  func contains(_ name: String) -> Bool { entries[name] != nil }

  /// The array `name`, stored or deflated.
  ///
  /// - Throws: `unknownName`, with the names there are, or `invalidData` where it is damaged.
  public func array(_ name: String) throws(SpikingError) -> NumPyArray {
    var opened = try open(name)
    return try NumPyArray(
      opened.header, opened.entry.read(.max), source: "\(path): \(name)")
  }

  /// The shape and the type of the array `name`, of which only the header is read.
  ///
  /// - Throws: as `array(_:)`.
  public func description(
    of name: String
  ) throws(SpikingError) -> (shape: [Int], elementType: NumPyArray.ElementType) {
    let header = try open(name).header
    return (header.shape, header.elementType)
  }

  /// Writes a `.npz` file of uncompressed arrays in this order, as `numpy.savez` does.
  ///
  /// - Precondition: there is at least one array, and no name comes twice.
  /// - Throws: `unwritableFile`; there is no file then, or the one that was there before.
  public static func write(
    _ arrays: KeyValuePairs<String, NumPyArray>, to location: some FileLocation
  ) throws(SpikingError) {
    try write(arrays.map { ($0.key, $0.value) }, to: location)
  }

  /// Writes a `.npz` file of a list of named arrays.
  ///
  /// - Precondition: there is at least one array, and no name comes twice.
  /// - Throws: `unwritableFile`; there is no file then, or the one that was there before.
  public static func write(
    _ arrays: [(name: String, array: NumPyArray)], to location: some FileLocation
  ) throws(SpikingError) {
    try write(arrays.map { ($0.name, .parts($0.array.parts)) }, to: location.locationPath)
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

  /// The header of an array, whose size fits its entry, and the entry with the elements next.
  private func open(_ name: String) throws(SpikingError) -> OpenedArray {
    guard let index = entries[name] else {
      let others = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
      throw SpikingError(
        .unknownName, path, "there is no array \(name), expected one of \(others)")
    }
    let subject = "\(path): \(name)"
    var entry = try zip.entry(index, subject: subject)
    do {
      let header = try NumPyHeader { (count: Int) throws(SpikingError) in try entry.read(count) }
      try header.check(byteCount: entry.byteCount - header.dataOffset)
      return OpenedArray(header: header, entry: entry)
    } catch {
      throw error.subject == subject ? error : error.within(subject)
    }
  }

  /// A one-dimensional array, to be read in blocks while this archive is open.
  func blocks(of name: String) throws(SpikingError) -> NumPyColumn {
    try NumPyColumn(open(name), source: "\(path): \(name)")
  }
}

/// An array of an archive of which the header has been read.
struct OpenedArray: ~Copyable {
  let header: NumPyHeader
  /// The elements, to be read from their front.
  var entry: ZipEntry
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
