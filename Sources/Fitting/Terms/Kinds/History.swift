public import SpikingFramework

/// A neuron's own past: a filter of its spikes. Lag 1 is the previous bin.
///
///     Σ_k h(k) x(t − 1 − k),  h = Σ_b w_b basis_b
public struct History: Term {
  public let defaultName = "history"
  /// The functions of the lag in bins.
  public var basis: any Basis

  /// A filter that is a sum of the functions of a basis.
  public init(_ basis: any Basis) { self.basis = basis }

  public mutating func visitFields(_ visit: inout some TermVisitor) throws(SpikingError) {
    try visit("basis", &basis)
  }

  public func columns(in recording: BinnedRecording) throws(SpikingError) -> TermColumns {
    .history(basis)
  }
}
