internal import Foundation
internal import Spiking

/// Results as JSON, keys sorted and in snake case.
enum JSONFile {
  static func write(_ value: some Encodable, to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    var file = try OutputFile(path)
    try file.write(String(decoding: encoder.encode(value), as: UTF8.self) + "\n")
    try file.finish()
  }
}
