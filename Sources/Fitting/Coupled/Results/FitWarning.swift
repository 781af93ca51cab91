/// What the data do not determine of one neuron: a kind of problem, and the columns affected.
public struct FitWarning: Codable, Hashable, Sendable {
  /// What is wrong. The names are those of the files of fits.
  public enum Problem: String, CaseIterable, Codable, Hashable, Sendable {
    /// The neuron has no spikes: its baseline is that of half a spike, everything else 0.
    case silent
    /// The search did not reach the gradient asked for.
    case notConverged = "not_converged"
    /// The likelihood grows, or hardly falls, for ever as the coefficients rise: there is no best value and
    /// no standard error. The neuron fires in every bin under the column, or only there.
    case separatedAbove = "separated_above"
    /// The same as the coefficients fall: the neuron never fires under the column, or fires in every bin
    /// without it.
    case separatedBelow = "separated_below"
    /// The columns are sums of others: their coefficients are kept at 0.
    case dependent
    /// The columns are sums of others, but which of them are weighted matters for the penalty or for signs:
    /// their coefficients are some of several that are as good.
    case ambiguous
    /// The columns are 0 in all bins, such as those of neurons without spikes: kept at 0.
    case empty
  }

  /// What is wrong.
  public let problem: Problem
  /// The columns of the fit that it is about, ascending; none where it is about the neuron.
  public let columns: [Int]
  /// Of separated columns that were fitted with standard errors the finite end of each one's 95 % interval,
  /// beyond which the likelihood is below e^−1.92 of its maximum; infinite where even that is not known.
  /// (Of two columns at most that only together separate bins are ends looked for.)
  public let bounds: [Double]
  private let layout: FitColumns

  /// A problem of some columns of a fit.
  package init(
    _ problem: Problem, of columns: [Int] = [], bounds: [Double] = [], in layout: FitColumns
  ) {
    self.problem = problem
    self.columns = columns
    self.bounds = bounds
    self.layout = layout
  }

  /// The neuron.
  public var neuron: Int { layout.neuron }
  /// What the columns are.
  public var subjects: [FitColumns.Column] { columns.map { layout[$0] } }
}

extension FitWarning.Problem {
  /// Whether the coefficients have no finite best value.
  public var isSeparation: Bool { self == .separatedAbove || self == .separatedBelow }

  /// A few words for what is wrong.
  public var summary: String {
    switch self {
    case .silent: "no spikes, the baseline is that of half a spike"
    case .notConverged: "the maximum was not reached"
    case .separatedAbove: "separated, as likely however high"
    case .separatedBelow: "separated, as likely however low"
    case .dependent: "a sum of other columns, kept at 0"
    case .ambiguous: "a sum of other columns, other weights are as good"
    case .empty: "0 in all bins, kept at 0"
    }
  }
}

extension FitWarning: CustomStringConvertible {
  /// One line: the neuron, the filters, what is wrong, and where it is known the end of the interval.
  public var description: String {
    let place = columns.isEmpty ? "" : ", \(filters)"
    return "neuron \(neuron)\(place): \(problem.summary)\(interval)"
  }

  private static let maximumFilters = 3

  /// The filters, the functions of which are named unless all are meant.
  private var filters: String {
    let parts = layout.groups.compactMap { group -> String? in
      let own = columns.filter(group.columns.contains)
      if own.isEmpty { return nil }
      let name = group.input == .coupling(from: neuron) ? "own spikes" : "\(group.input)"
      if own.count == group.columns.count { return name }
      let functions = own.map { String($0 - group.columns.lowerBound) }
      return "\(name) function\(own.count == 1 ? "" : "s") \(functions.joined(separator: " "))"
    }
    let rest = parts.count - Self.maximumFilters
    return parts.prefix(Self.maximumFilters).joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more filters" : "")
  }

  private var interval: String {
    guard 1...Self.maximumFilters ~= bounds.count, bounds.allSatisfy(\.isFinite) else { return "" }
    let values = bounds.map { String((100 * $0).rounded() / 100) }.joined(separator: ", ")
    return "; with 95 % at \(problem == .separatedAbove ? "least" : "most") \(values)"
  }
}
