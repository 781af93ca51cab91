public import SpikingFramework

/// The spikes of every other neuron of the network, through a filter each.
///
///     Σ_j Σ_k c_j(k) x_j(t − 1 − k),  c_j = Σ_b w_jb basis_b
public struct Coupling: Term {
  public let defaultName = "coupling"
  /// The functions of the lag in bins.
  public var basis: any Basis

  /// Filters that are sums of the functions of a basis.
  public init(_ basis: any Basis) { self.basis = basis }

  public mutating func visitFields(_ visit: inout some TermVisitor) throws(SpikingError) {
    try visit("basis", &basis)
  }

  public func columns(in recording: BinnedRecording) throws(SpikingError) -> TermColumns {
    .coupling(basis)
  }
}
