public import SpikingFramework

/// The constant part of the drive, which every design has whether or not it says so.
public struct Baseline: Term {
  public let defaultName = "baseline"

  /// The baseline.
  public init() {}

  public mutating func visitFields(_ visit: inout some TermVisitor) throws(SpikingError) {}

  public func columns(in recording: BinnedRecording) throws(SpikingError) -> TermColumns {
    .baseline
  }
}
