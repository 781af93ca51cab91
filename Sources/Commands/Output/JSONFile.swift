internal import Foundation
internal import Spiking

/// Results as JSON, keys sorted and in snake case.
enum JSONFile {
  static func write(_ value: some Encodable, to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    var file = try OutputFile(path)
    try file.write(String(decoding: try data(encoder, value, path), as: UTF8.self) + "\n")
    try file.finish()
  }

  private static func data(
    _ encoder: JSONEncoder, _ value: some Encodable, _ path: String
  ) throws(SpikingError) -> Data {
    do {
      return try encoder.encode(value)
    } catch {
      let keys =
        if case EncodingError.invalidValue(_, let context)? = error as? EncodingError {
          context.codingPath.map(\.stringValue).joined(separator: ".")
        } else {
          "a number"
        }
      throw SpikingError(
        .invalidData, path, found: "no finite number for \(keys)", expected: "finite numbers")
    }
  }
}
