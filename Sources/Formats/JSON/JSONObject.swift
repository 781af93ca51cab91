internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

/// An object of a JSON file, whose values are asked for by key; wrong ones are errors that name it.
struct JSONObject: Hashable, Sendable {
  /// The format that is written: 2 since objects may say so, 1 where they do not.
  static let format = 2

  private let fields: [String: JSONValue]
  /// Where the object stands in the file: "stimuli[0]."; empty for the file itself.
  private let place: String
  /// Where relative paths start: the folder of the file with its slash, or nothing.
  private let folder: String

  /// The object of the file at `path`.
  ///
  /// - Throws: `unreadableFile`; `invalidData` where the file is no JSON object, or of a later format.
  init(contentsOf path: String) throws(SpikingError) {
    try self.init(InputFile.read(path), folder: String(Paths.folder(of: path)))
  }

  /// The object of a text.
  ///
  /// - Throws: `invalidData` where it is no JSON object, or of a later format.
  init(_ text: Data, folder: String = "") throws(SpikingError) {
    let value = try JSONValue(text)
    guard case .object(let fields) = value else {
      throw SpikingError(.invalidData, "JSON", found: value.text, expected: "an object, {…}")
    }
    self.init(fields: fields, place: "", folder: folder)
    if self["format"] != nil { _ = try whole("format", in: 1...Self.format) }
  }

  private init(fields: [String: JSONValue], place: String, folder: String) {
    self.fields = fields
    self.place = place
    self.folder = folder
  }

  var keys: [String] { fields.keys.sorted() }

  subscript(key: String) -> JSONValue? { fields[key] }

  /// A path of the file as it is seen from here.
  func resolved(_ path: String) -> String { path.hasPrefix("/") ? path : folder + path }

  /// The error of a value that is not what it should be.
  func error(_ key: String, expected: String) -> SpikingError {
    error(key, found: fields[key], expected: expected)
  }

  /// The error of a value, or of an element of it: "targets[3]".
  func error(_ key: String, found: JSONValue?, expected: String) -> SpikingError {
    SpikingError(.invalidData, place + key, found: found?.text ?? "nothing", expected: expected)
  }

  /// - Throws: `invalidData` where there are other keys.
  func allow(_ known: [String]) throws(SpikingError) {
    if let unknown = keys.first(where: { !known.contains($0) }) {
      throw SpikingError(
        .invalidData, place + unknown,
        "there is no such key, expected one of \(known.joined(separator: ", "))")
    }
  }

  func string(
    _ key: String, expected: String = "a name in quotes"
  ) throws(SpikingError) -> String {
    guard case .string(let text) = fields[key] else { throw error(key, expected: expected) }
    return text
  }

  /// A path as it is seen from here; nil where there is no such key.
  func path(_ key: String) throws(SpikingError) -> String? {
    if fields[key] == nil { return nil }
    return resolved(try string(key, expected: "a path in quotes"))
  }

  func whole(_ key: String, in range: ClosedRange<Int>) throws(SpikingError) -> Int {
    guard let number = fields[key]?.double, let whole = Int(exactly: number), range.contains(whole)
    else {
      throw error(key, expected: "a whole number, \(range.lowerBound) to \(range.upperBound)")
    }
    return whole
  }

  func seed(_ key: String) throws(SpikingError) -> UInt64 {
    guard case .number(_, let whole?) = fields[key] else {
      throw error(key, expected: "a whole number, 0 to \(UInt64.max)")
    }
    return whole
  }

  /// The fields of an object; none where there is no such key.
  func fields(_ key: String, expected: String) throws(SpikingError) -> [String: JSONValue] {
    guard let value = fields[key] else { return [:] }
    guard case .object(let fields) = value else { throw error(key, expected: expected) }
    return fields
  }

  func object(_ key: String, expected: String) throws(SpikingError) -> JSONObject {
    guard case .object(let fields) = fields[key] else { throw error(key, expected: expected) }
    return JSONObject(fields: fields, place: "\(place)\(key).", folder: folder)
  }

  /// The objects of a list; none where there is no such key.
  func objects(_ key: String, expected: String) throws(SpikingError) -> [JSONObject] {
    guard let value = fields[key] else { return [] }
    guard case .list(let list) = value else { throw error(key, expected: "a list") }
    var objects: [JSONObject] = []
    for (index, value) in list.enumerated() {
      guard case .object(let fields) = value else {
        throw error("\(key)[\(index)]", found: value, expected: expected)
      }
      objects.append(
        JSONObject(fields: fields, place: "\(place)\(key)[\(index)].", folder: folder))
    }
    return objects
  }

  /// Errors of what is inside this object, seen from outside.
  func within(_ error: SpikingError) -> SpikingError {
    place.isEmpty ? error : error.within(String(place.dropLast()))
  }
}
