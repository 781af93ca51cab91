internal import Foundation

/// How many runs there were of each kind, and which failed.
struct Report {
  private var order: [String] = []
  private var runs: [String: Int] = [:]
  /// How many ended with exit code 0.
  private var successes: [String: Int] = [:]
  private var failures: [String: Int] = [:]
  private var seen: Set<String> = []
  /// The first failure of each kind, a line each.
  private var lines: [String] = []
  /// Where inputs that failed are kept.
  let folder: String

  init(folder: String) { self.folder = folder }

  var failureCount: Int { failures.values.reduce(0, +) }

  /// Counts a run, and keeps its input where it failed as none did before.
  ///
  /// - Parameters:
  ///   - kind: the line of the table.
  ///   - command: how it is run again.
  ///   - run: what the last command of it did.
  ///   - input: the name and the bytes of what it read.
  mutating func add(
    _ kind: String, _ command: String, _ run: Child.Outcome, _ failure: String?,
    input: (name: String, bytes: [UInt8])? = nil
  ) {
    if runs[kind] == nil { order.append(kind) }
    runs[kind, default: 0] += 1
    if run.exitCode == 0 { successes[kind, default: 0] += 1 }
    let error = run.exitCode == 0 ? [] : run.error
    guard let failure else { return }
    failures[kind, default: 0] += 1
    // Numbers and names differ from one run to the next.
    let what = failure.prefix { $0 != ":" && !$0.isNumber }
    let fault = "\(kind): \(input == nil ? "" : command): \(what)"
    guard seen.insert(fault).inserted else { return }
    let number = seen.count
    let text = String(decoding: error.prefix(300), as: UTF8.self).debugDescription
    let line = "\(kind): \(failure): spiking \(command)\(error.isEmpty ? "" : ": \(text)")"
    lines.append("FAILED \(number). \(line)")
    print(lines[number - 1])
    fflush(nil)
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let stem = "\(folder)/\(number)-\(kind.split(separator: " ").joined(separator: "-"))"
    try? Data(line.utf8).write(to: URL(filePath: stem + ".txt"))
    if let input {
      try? Data(input.bytes).write(to: URL(filePath: "\(stem)-\(input.name)"))
    }
  }

  func printTable() {
    let row = { (words: [String]) in
      print(
        words[0].padding(toLength: 30, withPad: " ", startingAt: 0)
          + words.dropFirst().map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }
          .joined())
    }
    row(["what", "runs", "exit 0", "failed"])
    for kind in order { row([kind] + [runs, successes, failures].map { "\($0[kind] ?? 0)" }) }
    row(["all"] + [runs, successes, failures].map { "\($0.values.reduce(0, +))" })
    // Once more, where whoever looks at the end finds them.
    for line in lines { print(line) }
    if !seen.isEmpty { print("\(seen.count) different failures; their inputs are in \(folder)") }
  }
}
