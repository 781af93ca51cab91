import Foundation

/// Where and when something was measured.
struct Machine: Encodable {
  let processor: String
  let cores: Int
  /// How many processes wanted a core when the measurement began, on average over a minute: more than
  /// 0 makes times longer.
  let load: String

  static var current: Machine {
    Machine(
      processor: value(of: "model name", in: "/proc/cpuinfo") ?? "unknown",
      cores: ProcessInfo.processInfo.activeProcessorCount,
      load: text("/proc/loadavg").split(separator: " ").first.map(String.init) ?? "unknown")
  }

  /// The most memory that this process has held since `forgetPeakMemory`, in bytes; nil where the
  /// system does not say.
  static var peakMemory: Double? {
    value(of: "VmHWM", in: "/proc/self/status")
      .flatMap { $0.split(separator: " ").first.flatMap { Double($0) } }
      .map { $0 * 1024 }
  }

  /// Makes the memory that this process holds now the peak, where the system can.
  static func forgetPeakMemory() {
    try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
  }

  /// The value of the first line `key : value` of a file of the system.
  private static func value(of key: String, in path: String) -> String? {
    text(path).split(separator: "\n").first { $0.hasPrefix(key) }
      .flatMap { $0.split(separator: ":").last }
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private static func text(_ path: String) -> String {
    (try? String(contentsOf: URL(filePath: path), encoding: .utf8)) ?? ""
  }
}
