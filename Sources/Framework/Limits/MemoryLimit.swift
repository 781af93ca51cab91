internal import Foundation

/// How much memory may be taken for what has a known size before it is made.
///
/// A system without enough memory ends a program without a message, often long after its start. What is proportional to
/// existing data needs no limit; what is proportional to numbers that a file or an option merely claims, or
/// to their squares, is compared with a limit first.
public struct MemoryLimit: Hashable, Sendable {
  /// In bytes.
  public let bytes: Double

  /// A limit of so many bytes.
  public init(bytes: Double) { self.bytes = bytes }

  /// Half of what the machine has, or of the address space that the process may have.
  public static var standard: MemoryLimit {
    let machine = Double(ProcessInfo.processInfo.physicalMemory)
    return MemoryLimit(bytes: min(machine, addressSpace) / 2)
  }

  /// - Parameters:
  ///   - needed: how many bytes would be taken.
  ///   - subject: what takes them: a file, an option.
  ///   - what: what they are for, continuing "5 GB of memory for ".
  ///   - advice: what takes less.
  /// - Throws: `exceedsMemory` where that is more than the limit.
  public func require(
    _ needed: Double, _ subject: String, for what: String, advice: String
  ) throws(SpikingError) {
    // Not a number of bytes is more than any, too.
    if needed <= bytes { return }
    throw SpikingError(
      .exceedsMemory, subject, found: "\(inGigabytes(needed)) of memory for \(what)",
      expected: "at most \(inGigabytes(bytes)): \(advice)")
  }

  /// What `ulimit -v` allows; infinite where it is unlimited.
  private static var addressSpace: Double {
    var limit = rlimit()
    #if os(Linux)
      let result = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    #else
      let result = getrlimit(RLIMIT_AS, &limit)
    #endif
    guard result == 0, limit.rlim_cur < rlim_t(Int64.max) else { return .infinity }
    return Double(limit.rlim_cur)
  }
}

/// A number of bytes as it stands in a message: "2.35 GB".
public func inGigabytes(_ bytes: Double) -> String {
  let digits = FloatingPointFormatStyle<Double>.number.precision(.significantDigits(1...3))
  return (bytes / 1e9).formatted(digits.grouping(.never)) + " GB"
}
