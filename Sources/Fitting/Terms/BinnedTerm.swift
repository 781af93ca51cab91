/// A term of a fit: what it is called, how its weights are arranged and what they cost.
public struct FittedTerm: Hashable, Codable, Sendable {
  /// What it is called.
  public let name: String
  /// How its weights are arranged, the last axis fastest.
  public let axes: [TermAxis]
  /// Whether its columns add up to 1 in every bin.
  public let sumsToOne: Bool
  /// What its weights cost; nil for the penalty of the fit.
  public let penalty: Penalty?

  package init(name: String, axes: [TermAxis], sumsToOne: Bool, penalty: Penalty?) {
    self.name = name
    self.axes = axes
    self.sumsToOne = sumsToOne
    self.penalty = penalty
  }

  /// The number of weights.
  public var count: Int { axes.reduce(1) { $0 * $1.count } }
}

/// A term in the bins of a recording.
public struct BinnedTerm: Sendable {
  /// What it is called.
  public var name: String
  /// What its weights are multiplied with.
  public var columns: SparseColumns
  /// What its weights cost; nil for the penalty of the fit.
  public var penalty: Penalty?

  /// Columns under a name.
  public init(_ name: String, _ columns: SparseColumns, penalty: Penalty? = nil) {
    self.name = name
    self.columns = columns
    self.penalty = penalty
  }

  /// What is stored of it beside a fit.
  public var fitted: FittedTerm {
    FittedTerm(name: name, axes: columns.axes, sumsToOne: columns.sumToOne, penalty: penalty)
  }
}
