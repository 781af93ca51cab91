import Foundation

/// Prints a table, and writes the same as JSON to `Benchmarks/results/latest.json`.
@main
struct Main {
  static func main() async throws {
    var results: [Measurement] = []
    for group in [
      measureIntroduction, measureNetworks, measureStages, measureFunctions, measurePlugins,
    ] {
      for result in try await group() {
        let value = result.value.formatted(.number.precision(.significantDigits(3)))
        let name = result.name.padding(toLength: 42, withPad: " ", startingAt: 0)
        print("\(name) \(value) \(result.unit)")
        results.append(result)
      }
    }
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../results")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(results).write(to: folder.appending(path: "latest.json"))
  }
}
