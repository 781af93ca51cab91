public import SpikingFramework

/// What the weights of a term are multiplied with.
public enum TermColumns: Sendable {
  /// 1 in every bin, which every design has.
  case baseline
  /// A neuron's own spikes through the functions of a basis.
  case history(any Basis)
  /// The spikes of each other neuron through the functions of a basis.
  case coupling(any Basis)
  /// A signal, a value for each bin (NaN: none), through the functions of a basis; lag 0 is the bin itself.
  case filter(of: [Double], any Basis)
  /// A part of the drive that is known, a value for each bin (NaN: none): it has no weights.
  case offset([Double])
  /// Any other.
  case sparse(SparseColumns)
}
