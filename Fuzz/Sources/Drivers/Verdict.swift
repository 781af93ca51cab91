internal import Foundation

/// What `spiking` promises of every run, whatever its input.
enum Verdict {
  /// What a run did wrong, in words; nil where it kept its promises.
  ///
  /// - Parameters:
  ///   - size: the bytes of its input.
  ///   - created: what is there that was not before.
  static func failure(_ run: Child.Outcome, size: Int, created: Set<String>) -> String? {
    if run.timedOut { return "no end after \(Int(run.seconds)) s" }
    guard let code = run.exitCode else { return "signal \(run.signal)" }
    guard [0, 1, 64].contains(code) else { return "exit code \(code)" }
    if let failure = message(run) { return failure }
    let bound = 4 * size + 256 << 20
    if run.peakMemory > bound { return "memory of \(run.peakMemory >> 20) MB" }
    if run.leftProcesses { return "a process is left" }
    let left = created.filter { code != 0 || $0.hasPrefix("temporary") || isHidden($0) }
    if let name = left.min() { return "left over after exit \(code): \(name)" }
    return nil
  }

  /// Temporary names are hidden.
  static func isHidden(_ name: String) -> Bool { name.hasPrefix(".") || name.contains("/.") }

  /// What is wrong with what it printed: one line where it failed, and never a control character.
  static func message(_ run: Child.Outcome) -> String? {
    for (stream, bytes) in [("output", run.output), ("error", run.error)] {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        return "\(stream): not UTF-8"
      }
      let isControl = { (scalar: Unicode.Scalar) in
        scalar != "\n" && scalar.properties.generalCategory == .control
      }
      if let scalar = text.unicodeScalars.first(where: isControl) {
        return "\(stream): control character \(scalar.value)"
      }
    }
    guard run.exitCode != 0 else { return nil }
    let lines = run.error.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.count != 2 || !lines[1].isEmpty || !lines[0].starts(with: "spiking: ".utf8) {
      return "error: \(lines.count - 1) lines, expected one"
    }
    return lines[0].count > 4000 ? "error: a line of \(lines[0].count) bytes" : nil
  }
}
