internal import Foundation

/// The names of files that are being written: `.spiking-<place>-<process>-<number>`, where place stands
/// for the machine and its table of processes, so that others that share the folder are told apart.
package enum TemporaryName {
  private static let prefix = ".spiking-"

  /// A name of this process that no other file has.
  package static func unique() -> String {
    let number = String(UInt64.random(in: .min ... .max), radix: 16)
    return "\(prefix)\(place)-\(getpid())-\(number)"
  }

  /// Whether a path leads through a hidden folder of that kind, in which a set of files is made.
  static func isWithin(_ path: String) -> Bool {
    path.split(separator: "/").dropLast().contains { $0.hasPrefix(prefix) }
  }

  /// Removes from a folder the files whose process of this machine has ended without removing them, as one
  /// that was killed. What cannot be removed stays.
  ///
  /// - Complexity: O(names in the folder).
  package static func removeAbandoned(inFolder folder: String) {
    remove(inFolder: folder) { kill($0, 0) != 0 && errno == ESRCH }
  }

  /// Removes from a folder the files of this process, which is about to end.
  package static func removeOwn(inFolder folder: String) {
    remove(inFolder: folder) { $0 == getpid() }
  }

  private static func remove(inFolder folder: String, where isOf: (_ process: Int32) -> Bool) {
    let place = place
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      guard name.hasPrefix(prefix) else { continue }
      let parts = name.dropFirst(prefix.count).split(separator: "-")
      guard parts.count >= 3, parts[0] == place, let process = Int32(parts[1]), process > 0,
        isOf(process)
      else { continue }
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  /// A number for the machine and, where processes are numbered apart, as in containers, for their space.
  private static var place: String {
    // Two machines may have one name, and two copies of one machine one number of it.
    let start = (try? InputFile("/proc/sys/kernel/random/boot_id").read(64)) ?? Data()
    let space =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
    // FNV-1a: the same in every process.
    let hash = (hostName + space + String(decoding: start, as: UTF8.self)).utf8.reduce(
      0xCBF2_9CE4_8422_2325 as UInt64
    ) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return String(hash, radix: 16)
  }

  private static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
