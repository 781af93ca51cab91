internal import SpikingFramework

/// The columns of the fit of one neuron: what each of its coefficients multiplies. The baseline comes
/// first, then the weights of the history filter, of the coupling filters in the order of their neurons,
/// and of the stimuli.
public struct FitColumns: Hashable, Sendable {
  /// The weights of one filter.
  public struct Group: Hashable, Sendable {
    /// What is filtered.
    public enum Input: Hashable, Sendable {
      /// The neuron's own spikes, through the history basis.
      case history
      /// The spikes of a neuron, through the coupling basis.
      case coupling(from: Int)
      /// A stimulus, by its number.
      case stimulus(Int)
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

  /// - Parameter inputs: in the order of columns: history, couplings by neuron, stimuli.
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
    let group = groups.firstPosition { $0.input.order >= input.order }
    return group < groups.count && groups[group].input == input ? group : nil
  }

  /// What a column is called: "coupling from neuron 3, function 0".
  public func name(of column: Int) -> String {
    guard let group = groups.first(where: { $0.columns.contains(column) }) else {
      return "baseline"
    }
    return "\(name(of: group.input)), function \(column - group.columns.lowerBound)"
  }

  /// What an input is called: "coupling from neuron 3".
  public func name(of input: Group.Input) -> String {
    switch input {
    case .history: "history"
    case .coupling(let source) where source == neuron: "own spikes"
    case .coupling(let source): "coupling from neuron \(source)"
    case .stimulus(let number): "stimulus \(number)"
    }
  }
}

extension FitColumns.Group.Input {
  /// Inputs in the order of their columns.
  fileprivate var order: (kind: Int, number: Int) {
    switch self {
    case .history: (0, 0)
    case .coupling(let source): (1, source)
    case .stimulus(let number): (2, number)
    }
  }
}
