/// A picture with a name: what the package shows of networks and spikes.
///
/// ```swift
/// let files = try Gnuplot().render(WeightMatrixFigure(network), to: folder)
/// // ["weight-matrix.png", "weight-matrix.svg"]
/// ```
public protocol Figure: Sendable {
  /// The name of its files, without extension: letters, digits and hyphens.
  var name: String { get }
  /// What is to be seen.
  var plot: Plot { get }
}
