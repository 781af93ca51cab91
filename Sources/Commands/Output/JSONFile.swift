internal import Foundation
internal import Spiking

/// Results as JSON, keys sorted and in snake case.
enum JSONFile {
  static func write(_ value: some Encodable, to path: String) throws {
    var file = try OutputFile(path)
    try file.write(try text(value, for: path) + "\n")
    try file.finish()
  }

  /// - Parameter subject: what an error names.
  /// - Throws: `invalidData` for a number that is not finite.
  static func text(_ value: some Encodable, for subject: String) throws(SpikingError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      let keys =
        if case EncodingError.invalidValue(_, let context)? = error as? EncodingError {
          context.codingPath.map(\.stringValue).joined(separator: ".")
        } else {
          "a number"
        }
      throw SpikingError(
        .invalidData, subject, found: "no finite number for \(keys)", expected: "finite numbers")
    }
  }
}
