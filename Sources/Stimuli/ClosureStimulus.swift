public import SpikingFramework

/// A stimulus given as a function of time.
///
/// ```swift
/// let growth = ClosureStimulus { time in 0.01 * time }
/// ```
///
/// It has no parameters and cannot be saved; a stimulus that should be is a type of its own.
public struct ClosureStimulus: Stimulus {
  private let function: @Sendable (Double) -> Double

  /// The stimulus whose strength at a time (ms) is `function(time)`.
  public init(_ function: @escaping @Sendable (_ time: Double) -> Double) {
    self.function = function
  }

  public func strength(at time: Double) -> Double { function(time) }

  public var unsavablePart: String? { "function" }
}
