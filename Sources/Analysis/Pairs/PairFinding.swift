public import SpikingFramework

/// A matrix that a statistic found, with what files and figures call it.
public struct PairFinding: Sendable {
  /// The numbers.
  public let matrix: PairMatrix
  /// In snake case, as in `statistics.npz`.
  public let name: String
  /// What the numbers are, with their unit.
  public let quantity: String

  /// A matrix under a name.
  public init(_ matrix: PairMatrix, name: String, quantity: String) {
    (self.matrix, self.name, self.quantity) = (matrix, name, quantity)
  }

  /// The array, and the matrix for a figure.
  public var results: StatisticResults {
    var results = StatisticResults()
    results.arrays[name] = matrix.array
    results.drawn = [self]
    return results
  }
}
