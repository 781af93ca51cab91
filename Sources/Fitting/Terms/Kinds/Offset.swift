public import SpikingFramework

/// A part of the drive that is known, such as the logarithm of an exposure: it has no weight.
public struct Offset: Term {
  /// The covariate.
  public var of: String

  public var defaultName: String { of }

  /// A covariate that adds to the drive as it is.
  public init(_ covariate: String) { of = covariate }

  public mutating func visitFields(_ visit: inout some TermVisitor) throws(SpikingError) {
    try visit("of", &of)
  }

  public func columns(in recording: BinnedRecording) throws(SpikingError) -> TermColumns {
    .offset(try recording.covariate(of))
  }
}
