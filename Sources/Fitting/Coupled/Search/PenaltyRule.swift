internal import SpikingFramework

/// What the weights of each input of a fit cost.
package struct PenaltyRule: Hashable, Sendable {
  /// What is paid for inputs without a penalty of their own.
  var common: Penalty
  var history: Penalty?
  var coupling: Penalty?
  var stimuli: [Penalty?]
  var terms: [FittedTerm]

  package init(
    common: Penalty, history: Penalty? = nil, coupling: Penalty? = nil, stimuli: [Penalty?] = [],
    terms: [FittedTerm] = []
  ) {
    self.common = common
    self.history = history
    self.coupling = coupling
    self.stimuli = stimuli
    self.terms = terms
  }

  /// What all strengths are multiplied by.
  private var factor = 1.0
  /// What those of some inputs are multiplied by, too.
  private var factors: [FitColumns.Group.Input: Double] = [:]

  /// Multiplies the strengths of an input by a factor; couplings have one together.
  mutating func scale(_ input: FitColumns.Group.Input, by factor: Double) {
    factors[input.sharingFactor, default: 1] *= factor
  }

  /// The strengths multiplied by a factor.
  func scaled(by factor: Double) -> PenaltyRule {
    var rule = self
    rule.factor *= factor
    return rule
  }

  /// The penalty of an input.
  subscript(input: FitColumns.Group.Input) -> Penalty {
    (own(input) ?? common).scaled(by: factor * (factors[input.sharingFactor] ?? 1))
  }

  /// The same with what the strengths of each group of a neuron's columns are multiplied by.
  func scaled(of columns: FitColumns, by factors: [Double]?) -> PenaltyRule {
    guard let factors else { return self }
    var rule = self
    for (group, factor) in zip(columns.groups, factors) {
      rule.factors[group.input.sharingFactor] = factor
    }
    return rule
  }

  /// What the strengths of each group of a neuron's columns are multiplied by.
  func factors(of columns: FitColumns) -> [Double] {
    columns.groups.map { factor * (factors[$0.input.sharingFactor] ?? 1) }
  }

  private func own(_ input: FitColumns.Group.Input) -> Penalty? {
    switch input {
    case .history: history
    case .coupling: coupling
    case .stimulus(let number): stimuli.indices.contains(number) ? stimuli[number] : nil
    case .term(let name): terms.first { $0.name == name }?.penalty
    }
  }

  /// Those of inputs, and that of the others.
  private var all: [Penalty] {
    [common, history, coupling].compactMap(\.self) + stimuli.compactMap(\.self)
      + terms.compactMap(\.penalty)
  }

  /// Whether weights become exactly 0 under it.
  var isSparse: Bool { all.contains(where: \.isSparse) }
  /// Whether there is any.
  var isZero: Bool { all.allSatisfy(\.isZero) }

  /// - Throws: `invalidParameter` for a strength below 0 or an order of differences other than 1 and 2.
  func validate() throws(SpikingError) {
    for penalty in all { try penalty.validate() }
  }

  /// The squares among the penalties of the columns of a neuron.
  func quadratic(of columns: FitColumns) -> QuadraticPenalty {
    var quadratic = QuadraticPenalty(columnCount: columns.count)
    for group in columns.groups {
      let penalty = self[group.input]
      for column in group.columns { quadratic.diagonal[column] += penalty.ridge }
      if penalty.smooth > 0 { quadratic.addDifferences(penalty, of: group, axes: axes(of: group)) }
    }
    return quadratic
  }

  /// Whether the columns of an input add up to 1 in every bin.
  func addsUpToOne(_ input: FitColumns.Group.Input) -> Bool {
    terms.first { input == .term($0.name) }?.sumsToOne ?? false
  }

  /// How the weights of an input are arranged.
  private func axes(of group: FitColumns.Group) -> [TermAxis] {
    if case .term(let name) = group.input, let term = terms.first(where: { $0.name == name }) {
      return term.axes
    }
    return [TermAxis(count: group.columns.count)]
  }
}

extension FitColumns.Group.Input {
  /// The input whose factor it has: all couplings have one.
  var sharingFactor: FitColumns.Group.Input {
    if case .coupling = self { .coupling(from: 0) } else { self }
  }
}
