public import SpikingFramework

/// The unit in which a file counts time: `s`, `ms`, `us`, or samples at a rate in Hz, `samples:30000`.
public struct TimeUnit: Hashable, Sendable {
  /// How many ms one of it is.
  public let milliseconds: Double
  private let name: String

  /// Seconds.
  public static let seconds = TimeUnit(1000, "s")
  /// Milliseconds.
  public static let milliseconds = TimeUnit(1, "ms")
  /// Microseconds.
  public static let microseconds = TimeUnit(1e-3, "us")

  /// Samples of a device that takes so many in a second.
  ///
  /// - Throws: `invalidParameter` where the rate is not positive.
  public static func samples(rate: Double) throws(SpikingError) -> TimeUnit {
    guard rate > 0, rate.isFinite, (1000 / rate).isFinite else {
      throw SpikingError(
        .invalidParameter, "samples", found: rate, expected: "a rate in Hz, such as 30000")
    }
    return TimeUnit(1000 / rate, "samples:\(brief(rate))")
  }

  private init(_ milliseconds: Double, _ name: String) {
    self.milliseconds = milliseconds
    self.name = name
  }

  /// A unit by its name: `s`, `ms`, `us`, `samples:RATE`.
  ///
  /// - Throws: `invalidParameter` for another name.
  public init(_ text: String) throws(SpikingError) {
    switch text.lowercased() {
    case "s", "sec", "second", "seconds": self = .seconds
    case "ms", "millisecond", "milliseconds": self = .milliseconds
    case "us", "µs", "microsecond", "microseconds": self = .microseconds
    default:
      guard text.hasPrefix("samples:"), let rate = Double(text.dropFirst("samples:".count)) else {
        throw SpikingError(
          .invalidParameter, "unit of time", found: text.debugDescription,
          expected: "s, ms, us, or samples:RATE, such as samples:30000")
      }
      self = try .samples(rate: rate)
    }
  }
}

extension TimeUnit: CustomStringConvertible {
  /// "s", "samples:30000".
  public var description: String { name }
}
