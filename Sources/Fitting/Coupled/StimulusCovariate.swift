public import SpikingFramework

/// Something that was measured or shown beside the spikes, a number for each bin, and the basis in which
/// fits look for a filter of it:
///
///     E(t) = Σ_k h(k) s(t − k),    h = Σ_b weights_b basis_b
///
/// k begins at 0: what is shown in a bin acts in it. Before the first bin the values are 0.
public struct StimulusCovariate: Sendable {
  /// What it is called.
  public var name: String
  /// s, a value for each bin.
  public var values: [Double]
  /// The functions of which its filters are made.
  public var basis: any Basis
  /// What the weights cost; nil for the penalty of the fit.
  public var penalty: Penalty?

  /// A covariate of a name; by default it acts in the bin in which it is shown alone.
  public init(_ name: String, values: [Double], basis: any Basis) {
    self.name = name
    self.values = values
    self.basis = basis
  }
}
