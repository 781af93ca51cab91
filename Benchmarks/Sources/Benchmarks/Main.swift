import Foundation
import Spiking

/// Measures the groups that are named on the command line, or all: prints tables, and writes the same
/// as JSON.
@main
struct Main {
  private static let groups: [(name: String, measure: @Sendable () async throws -> [Section])] = [
    ("roofline", { try await measureRoofline() }),
    ("introduction", { [try await measureIntroduction()] }),
    ("networks", { [try await measureNetworks()] }),
    ("stages", { [try await measureStages()] }),
    ("growth", { try await measureGrowth() + [measureWindows()] }),
    ("generators", { [try await measureGenerators()] }),
    ("fits", { [try await measureFits(), try await measureLongFilters()] }),
    ("files", { [try await measureFiles()] }),
    ("functions", { [await measureBlocks(), await measureFunctions()] }),
    (
      "plugins",
      {
        [
          Section(
            name: "plugins",
            title: "Nonlinearities written outside the package, in the simulator",
            measurements: try await measurePlugins())
        ]
      }
    ),
  ]

  static func main() async {
    do {
      try await measure()
    } catch {
      stop("\(error)", status: EXIT_FAILURE)
    }
  }

  private static func measure() async throws {
    let names = Set(CommandLine.arguments.dropFirst())
    let known = groups.map(\.name)
    if let name = names.subtracting(known).min() {
      stop("\(name): no such group; there are \(known.joined(separator: ", "))", status: EX_USAGE)
    }
    let (machine, date) = (Machine.current, Date.now)
    print("swift-spiking \(spikingVersion), \(date.formatted(.iso8601))")
    print("\(machine.processor), \(machine.cores) cores, load average \(machine.load)")
    var sections: [Section] = []
    for group in groups where names.isEmpty || names.contains(group.name) {
      for section in try await group.measure() {
        print("\n\(Table(section: section).text)")
        fflush(nil)
        sections.append(section)
      }
    }
    try ResultsFile.write(sections, machine: machine, date: date)
    print("\nThe same as JSON: \(ResultsFile.url.path)")
  }
  private static func stop(_ line: String, status: Int32) -> Never {
    FileHandle.standardError.write(Data("\(line)\n".utf8))
    exit(status)
  }
}
