internal import Foundation

/// Runs the command `spiking` on wrong files, stops it, and fills its disk; says what broke a promise.
@main struct Drivers {
  static func main() {
    // Children inherit that a file that grows too large is an error and no end.
    signal(SIGXFSZ, SIG_IGN)
    // This process has the limit of processor time of a child for the moment in which it starts it.
    signal(SIGXCPU, SIG_IGN)
    do {
      let options = try Options(CommandLine.arguments.dropFirst())
      var report = Report(folder: options.failures)
      let workspace = try Workspace()
      defer { workspace.remove() }
      try run(options, workspace, &report)
      report.printTable()
      if report.failureCount > 0 {
        workspace.remove()
        exit(1)
      }
    } catch {
      print(error)
      exit(2)
    }
  }

  private static func run(
    _ options: Options, _ workspace: Workspace, _ report: inout Report
  ) throws {
    let parts = ["corpus", "mutations", "full-disk", "interruptions"]
    let hasAll = options.part == "all"
    guard hasAll || parts.contains(options.part) else { throw DriverError(Options.usage) }
    // The corpus is tried whatever the time; the others share it.
    var mutations: Mutations?
    if hasAll || parts[...1].contains(options.part) {
      mutations = try Mutations(options, workspace)
    }
    if hasAll || options.part == "corpus" { try mutations?.replay(&report) }
    let start = Date.now
    let deadline = { start + options.seconds * (hasAll ? $0 : 1) }
    if hasAll || options.part == "mutations" {
      try mutations?.mutate(
        seed: options.seed, until: deadline(0.4), count: options.runs ?? .max, &report)
    }
    if hasAll || options.part == "full-disk" {
      try FullDisk(options, workspace).run(until: deadline(0.75), &report)
    }
    if hasAll || options.part == "interruptions" {
      var interruptions = Interruptions(options, workspace)
      try interruptions.run(until: deadline(1), &report)
    }
  }
}
