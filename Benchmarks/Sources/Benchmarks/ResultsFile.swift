import Foundation
import Spiking

/// The results as JSON, one measurement a line, so that two files can be compared line by line.
struct ResultsFile {
  static var url: URL {
    URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../results/latest.json").standardized
  }

  private struct Line: Encodable {
    let section: String
    let name: String
    let value: Double
    let unit: String
  }

  static func write(_ sections: [Section], machine: Machine, date: Date) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func json(_ value: some Encodable) throws -> String {
      String(decoding: try encoder.encode(value), as: UTF8.self)
    }
    let lines = try sections.flatMap { section in
      try section.measurements.map {
        try "    "
          + json(Line(section: section.name, name: $0.name, value: $0.value, unit: $0.unit))
      }
    }
    let text = """
      {
        "date": \(try json(date.formatted(.iso8601))),
        "version": \(try json(spikingVersion)),
        "machine": \(try json(machine)),
        "measurements": [
      \(lines.joined(separator: ",\n"))
        ]
      }

      """
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url, options: .atomic)
  }
}
