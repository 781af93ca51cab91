internal import SpikingFramework

/// The columns of the fit of one neuron: what each of its coefficients multiplies. The baseline comes
/// first, then the weights of the history filter, of the coupling filters in the order of their neurons,
/// of the stimuli, and of the other terms of a design.
public struct FitColumns: Hashable, Sendable {
  /// The weights of one filter.
  public struct Group: Codable, Hashable, Sendable {
    /// What is filtered.
    public enum Input: Codable, Hashable, Sendable {
      /// The neuron's own spikes, through the history basis.
      case history
      /// The spikes of a neuron, through the coupling basis.
      case coupling(from: Int)
      /// A stimulus, by its number.
      case stimulus(Int)
      /// A term of a design, by its name.
      case term(String)
    }

    /// What is filtered.
    public let input: Input
    /// Its columns.
    public let columns: Range<Int>
  }

  /// The neuron that is fitted.
  public let neuron: Int
  /// The filters, in the order of their columns.
  public let groups: [Group]

  /// The number of columns, the baseline among them.
  public var count: Int { groups.last?.columns.upperBound ?? 1 }

  /// - Parameter inputs: in the order of columns: history, couplings by neuron, stimuli, terms.
  package init(neuron: Int, inputs: [(input: Group.Input, count: Int)]) {
    self.neuron = neuron
    var next = 1
    groups = inputs.map { input, count in
      defer { next += count }
      return Group(input: input, columns: next..<next + count)
    }
  }

  /// The filters of other neurons' spikes.
  public var couplings: [Group] {
    groups.filter { group in
      if case .coupling(let source) = group.input { source != neuron } else { false }
    }
  }

  /// The columns of an input; nil where it is not fitted.
  ///
  /// - Complexity: O(log groups).
  public func columns(of input: Group.Input) -> Range<Int>? {
    group(of: input).map { groups[$0].columns }
  }

  /// Which of the groups is that of an input.
  func group(of input: Group.Input) -> Int? {
    if case .term = input { return groups.lastIndex { $0.input == input } }
    let group = groups.firstPosition { $0.input.order >= input.order }
    return group < groups.count && groups[group].input == input ? group : nil
  }

  /// What a column is.
  ///
  /// - Complexity: O(log groups).
  public subscript(number: Int) -> Column {
    let group = groups.firstPosition { $0.columns.upperBound > number }
    if number == 0 || group == groups.count { return .baseline }
    return .weight(of: groups[group].input, function: number - groups[group].columns.lowerBound)
  }

  /// The number of a column; nil where it is not fitted.
  ///
  /// - Complexity: O(log groups).
  public func number(of column: Column) -> Int? {
    guard case .weight(let input, let function) = column else { return 0 }
    guard let columns = columns(of: input), 0..<columns.count ~= function else { return nil }
    return columns.lowerBound + function
  }
}

extension FitColumns.Group.Input {
  /// Inputs in the order of their columns.
  fileprivate var order: (kind: Int, number: Int) {
    switch self {
    case .history: (0, 0)
    case .coupling(let source): (1, source)
    case .stimulus(let number): (2, number)
    case .term: (3, 0)
    }
  }
}

extension FitColumns: CustomStringConvertible {
  /// "neuron 3: 401 columns of 51 filters".
  public var description: String {
    "neuron \(neuron): \(counted(count, "column")) of \(counted(groups.count, "filter"))"
  }
}

extension FitColumns: Codable {
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    neuron = try fields.decode(Int.self, forKey: .neuron)
    groups = try fields.decode([Group].self, forKey: .groups)
    try SpikingError.require(
      zip([1] + groups.map(\.columns.upperBound), groups).allSatisfy {
        $0 == $1.columns.lowerBound
      }, "columns", found: "those of neuron \(neuron)",
      expected: "groups that follow each other from column 1 on")
  }
}
