public import SpikingFramework
public import SpikingModels

/// A covariate through a filter; without a basis the covariate itself, times one weight.
///
///     Σ_k h(k) s(t − k),  h = Σ_b w_b basis_b
public struct StimulusTerm: Term {
  /// The covariate.
  public var of: String
  /// The functions of the lag in bins; lag 0 is the bin itself.
  public var basis: any Basis

  public var defaultName: String { of }

  /// A filter of a covariate.
  public init(_ covariate: String, _ basis: any Basis = IdentityBasis(window: 1)) {
    of = covariate
    self.basis = basis
  }

  public mutating func visitFields(_ visit: inout some TermVisitor) throws(SpikingError) {
    try visit("of", &of)
    try visit("basis", &basis)
  }

  public func columns(in recording: BinnedRecording) throws(SpikingError) -> TermColumns {
    .filter(of: try recording.covariate(of), basis)
  }
}
