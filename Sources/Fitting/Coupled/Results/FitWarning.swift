/// What the data cannot tell, with the neuron and the column.
public struct FitWarning: Hashable, Sendable {
  /// What is wrong.
  public enum Problem: Hashable, Sendable {
    /// The neuron has no spikes: its baseline is that of half a spike, everything else 0.
    case silent
    /// The column is 0 in all bins, or a sum of others: its coefficient is kept at 0.
    case dependent
    /// The column is a sum of others, but which of them is weighted matters for the penalty or for signs:
    /// its coefficient is one of several that are as good.
    case ambiguous
    /// The neuron never fires where the column is not 0: the likelihood grows for ever as its coefficient
    /// falls. It is kept where the rate is e⁻²⁰ of what it would be.
    case separated
    /// The search did not reach the gradient asked for.
    case notConverged
  }

  /// The neuron.
  public let neuron: Int
  /// The column, as `FitColumns` names it; nil where it is not about one.
  public let column: String?
  /// What is wrong.
  public let problem: Problem
}

extension FitWarning: CustomStringConvertible {
  public var description: String {
    let place = "neuron \(neuron)" + (column.map { ", \($0)" } ?? "")
    return switch problem {
    case .silent: "\(place): no spikes, its baseline is that of half a spike"
    case .dependent: "\(place): the others tell all it could, kept at 0"
    case .ambiguous: "\(place): the others tell all it could, other weights are as good"
    case .separated: "\(place): the neuron never fires under it, kept at a factor of e^-20"
    case .notConverged: "\(place): the maximum was not reached"
    }
  }
}
