internal import Foundation
internal import SpikingFiles
public import SpikingFramework

/// A file of MATLAB, of version 4 to 7.3: variables, which are numbers, texts, sparse matrices, and structures and cell
/// arrays of such.
///
/// ```swift
/// let file = try MATLABFile("session.mat")
/// print(file.variables)
/// let position = try file.numbers("behaviour.position")
/// ```
///
/// What is asked for is named as in MATLAB, `units(2).times`, `spikes{3}`, and elements count from 1. Files up to version 7
/// are read by matio, those of 7.3 by HDF5; both run in a process of their own, so that a damaged file gives an error.
public struct MATLABFile: ~Copyable, Sendable {
  let file: HDF5File
  let layout: any MATLABLayout
  /// The names of the variables, in the order of the file; in alphabetical order those of version 7.3.
  public let variables: [String]

  /// Whether this build reads files up to version 7: not where the package was built without its trait MATLAB. Those of
  /// 7.3 need the trait HDF5, as `NWBFile.isSupported` says.
  public static var isSupported: Bool { ReaderLibrary.matio.isBuilt }

  /// Opens the file at `path`.
  ///
  /// - Throws: `unreadableFile` where it is missing, damaged or no file of MATLAB, and where the package was built without
  ///   the library that it needs.
  public init(
    _ path: String, limits: NWBFile.Limits = NWBFile.Limits()
  ) throws(SpikingError) {
    let isHDF5 = try Self.isHDF5(path)
    let file = try HDF5File(path, with: isHDF5 ? .hdf5 : .matio, limits: limits)
    let layout: any MATLABLayout = isHDF5 ? MATLABHDF5Layout() : MatioLayout()
    variables = try layout.variables(of: file).filter(MATLABPath.isName)
    self.file = file
    self.layout = layout
  }

  /// The file.
  public var path: String { file.path }

  /// The parts of "FILE.mat:VARIABLE"; the whole, and no variable, of all else.
  package static func fileAndVariable(_ path: String) -> (path: String, variable: String?) {
    guard let end = path.range(of: ".mat:", options: [.backwards, .caseInsensitive]) else {
      return (path, nil)
    }
    return (String(path[..<end.upperBound].dropLast()), String(path[end.upperBound...]))
  }

  /// Whether a file is one of version 7.3: HDF5 behind 512 bytes of MATLAB's.
  private static func isHDF5(_ path: String) throws(SpikingError) -> Bool {
    let start = try InputFile(path).read(520)
    return start.starts(with: "MATLAB".utf8)
      && start.dropFirst(512).starts(with: [0x89] + "HDF\r\n".utf8)
  }

  /// What stands at a place: its kind, shape and fields.
  ///
  /// - Throws: `invalidParameter` where the text names no place; `invalidData` where nothing stands there.
  public func value(_ name: String) throws(SpikingError) -> MATLABValue { try place(name).value }

  /// Numbers or truth values, of which the last index runs fastest: element [i, j] is MATLAB's (i + 1, j + 1).
  ///
  /// - Throws: as `value(_:)`; `invalidData` where there is something else, or complex numbers.
  public func numbers(_ name: String) throws(SpikingError) -> NumericArray {
    let (place, value) = try place(name)
    guard [.numbers, .truthValues].contains(value.kind) else {
      throw failure(name, found: value, expected: "numbers")
    }
    return try numbers(at: place, value)
  }

  func numbers(at place: String, _ value: MATLABValue) throws(SpikingError) -> NumericArray {
    let values = try values(at: place, value)
    return NumericArray(Self.byRow(values, shape: value.shape), shape: value.shape)
  }

  /// Numbers or truth values column by column.
  func values(at place: String, _ value: MATLABValue) throws(SpikingError) -> [Double] {
    // Where version 7.3 has no elements, their shape stands in their place.
    if value.count == 0 { return [] }
    let values =
      value.kind == .truthValues
      ? try file.codes(place).map { Double($0) } : try file.reals(place).values
    guard values.count == value.count else {
      throw file.failure(place, found: "\(values.count) numbers", expected: "\(value.count)")
    }
    return values
  }

  /// The rows of a text, without the blanks that make them equally long; most texts have one row.
  ///
  /// - Throws: as `value(_:)`; `invalidData` where there is something else.
  public func texts(_ name: String) throws(SpikingError) -> [String] {
    let (place, value) = try place(name)
    guard value.kind == .text, value.shape.count <= 2 else {
      throw failure(name, found: value, expected: "a text")
    }
    return try texts(at: place, value)
  }

  func texts(at place: String, _ value: MATLABValue) throws(SpikingError) -> [String] {
    if value.count == 0 { return [] }
    let codes = try file.codes(place).map { UInt16(truncatingIfNeeded: $0) }
    let rows = value.shape[0]
    return (0..<rows).map { row in
      let units = stride(from: row, to: codes.count, by: rows).map { codes[$0] }
      let text = String(decoding: units, as: UTF16.self)
      return rows == 1 ? text : String(text.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// Where a value is, and what it is.
  func place(_ name: String) throws(SpikingError) -> (place: String, value: MATLABValue) {
    let places = try places(name)
    guard places.count == 1 else {
      throw failure(name, found: "\(places.count) elements", expected: "one, as \(name)(1)")
    }
    guard let value = try layout.value(at: places[0], of: file) else {
      throw failure(name, found: "nothing", expected: "a value")
    }
    return (places[0], value)
  }

  /// The places of a value; several where it is a field of a structure array.
  func places(_ name: String) throws(SpikingError) -> [String] {
    let path = try MATLABPath(name)
    guard variables.contains(path.variable) else {
      throw SpikingError(
        .invalidData, self.path, found: "no variable \(path.variable)",
        expected: "one of \(listedVariables)")
    }
    var places = ["/" + path.variable]
    var element: Int?
    for (index, step) in path.steps.enumerated() {
      guard places.count == 1, let value = try layout.value(at: places[0], of: file) else {
        throw failure(name, found: "\(places.count) elements", expected: "one of them, as (1)")
      }
      switch step {
      case .element(let number):
        // What follows is a field.
        guard value.kind == .structure, number < value.count, index + 1 < path.steps.count else {
          throw failure(name, found: value, expected: "a field of element \(number + 1)")
        }
        element = number
      case .cell(let number):
        guard value.kind == .cells, number < value.count else {
          throw failure(name, found: value, expected: "cell \(number + 1)")
        }
        places = [try elements(at: places[0], value)[number]]
      case .field(let field):
        guard value.kind == .structure, value.fields.contains(field) else {
          throw failure(
            name, found: value.fields.isEmpty ? "\(value)" : "fields \(value.fields)",
            expected: "a field \(field)")
        }
        places = try elements(at: places[0], value, field: field)
        if let number = element { places = [places[number]] }
        element = nil
      }
    }
    return places
  }

  /// The places of elements, of which a file cannot claim more than may be read.
  func elements(
    at place: String, _ value: MATLABValue, field: String? = nil
  ) throws(SpikingError) -> [String] {
    guard value.count <= file.limits.values else {
      throw file.failure(
        place, found: value, expected: "at most \(file.limits.values) elements")
    }
    return try layout.elements(at: place, value, field: field, of: file)
  }

  /// The names of the variables, for errors.
  var listedVariables: String {
    if variables.isEmpty { return "no variables" }
    return variables.prefix(20).joined(separator: ", ") + (variables.count > 20 ? ", …" : "")
  }

  func failure(_ name: String, found: some Any, expected: String) -> SpikingError {
    SpikingError(.invalidData, "\(path): \(name)", found: found, expected: expected)
  }

  /// Numbers column by column as they are row by row.
  static func byRow(_ values: [Double], shape: [Int]) -> [Double] {
    guard shape.count(where: { $0 > 1 }) > 1 else { return values }
    // How far apart neighbours along each dimension are.
    var strides = [1]
    for length in shape.dropLast() { strides.append(strides[strides.count - 1] * length) }
    var index = [Int](repeating: 0, count: shape.count)
    var place = 0
    var result: [Double] = []
    result.reserveCapacity(values.count)
    for _ in values.indices {
      result.append(values[place])
      var axis = shape.count - 1
      index[axis] += 1
      place += strides[axis]
      while index[axis] == shape[axis], axis > 0 {
        place -= strides[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
        index[axis] += 1
        place += strides[axis]
      }
    }
    return result
  }
}
