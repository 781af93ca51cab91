/// Why a minimisation stopped.
public struct StopReason: Codable, Hashable, Sendable {
  /// What it is called in tables and files.
  public let name: String

  /// The gradient is as small as was asked for: the minimum is found.
  public static let gradient = StopReason(name: "gradient")
  /// No step makes the function smaller, to within its rounding.
  public static let noProgress = StopReason(name: "no progress")
  /// The most steps were taken.
  public static let maximumIterations = StopReason(name: "maximum iterations")
  /// The task was cancelled.
  public static let cancelled = StopReason(name: "cancelled")
}

extension StopReason: CustomStringConvertible {
  /// What it is called.
  public var description: String { name }
}
