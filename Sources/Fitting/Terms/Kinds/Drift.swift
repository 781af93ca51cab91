public import SpikingFramework

/// A slow change over the recording: functions of time.
///
///     Σ_j w_j b_j(t)
public struct Drift: Term {
  /// The functions of time in ms: one basis.
  public var basis: [ValueBasis]

  public let defaultName = "drift"

  /// Functions of time over a range in ms.
  public init(_ basis: ValueBasis) { self.basis = [basis] }

  public mutating func visitFields(_ visit: inout some TermVisitor) throws(SpikingError) {
    try visit("basis", &basis)
  }

  public func columns(in recording: BinnedRecording) throws(SpikingError) -> TermColumns {
    guard basis.count == 1 else {
      throw SpikingError(
        .invalidParameter, "drift", found: counted(basis.count, "basis", "bases"),
        expected: "one, of time in ms")
    }
    try SpikingError.within("drift", basis[0].validate())
    // The middle of each bin.
    let times = (0..<recording.binCount).map { recording.time(ofBin: $0) + recording.dt / 2 }
    return .sparse(basis[0].columns(of: times, named: defaultName))
  }
}
