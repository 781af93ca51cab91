internal import SpikingFitting
internal import SpikingFramework

/// A fit as arrays over all neurons of its recording.
struct FitArrays {
  private let fit: CoupledFit
  /// The fit of each neuron; nil where it was not fitted.
  let neurons: [NeuronFit?]

  init(_ fit: CoupledFit) {
    self.fit = fit
    neurons = (0..<fit.neuronCount).map { fit[$0] }
  }

  private var count: Int { fit.neuronCount }

  /// Values of all columns, as `baseline`, `history`, `coupling` and `stimulus` arrays.
  func coefficients(
    suffix: String, missing: Double, _ values: (NeuronFit) -> [Double]?
  ) -> [(name: String, array: NumPyArray)] {
    func value(_ neuron: Int, _ input: FitColumns.Group.Input, _ functions: Int) -> [Double] {
      guard let fit = neurons[neuron], let columns = fit.columns.columns(of: input),
        let values = values(fit)
      else { return Array(repeating: missing, count: functions) }
      return Array(values[columns])
    }
    var arrays = [
      (
        name: "baseline\(suffix)",
        array: NumPyArray(neurons.map { $0.flatMap(values)?[0] ?? missing })
      )
    ]
    if let basis = fit.history {
      let rows = (0..<count).flatMap { value($0, .history, basis.count) }
      arrays.append(("history\(suffix)", NumPyArray(rows, shape: [count, basis.count])))
    }
    if let basis = fit.coupling {
      let pairs = pairs(empty: missing, functions: basis.count) { fit, group in
        values(fit).map { $0[fit.columns.groups[group].columns] }
      }
      arrays.append(("coupling\(suffix)", NumPyArray(pairs, shape: [count, count, basis.count])))
    }
    if !fit.stimuli.isEmpty {
      let rows = (0..<count).flatMap { neuron in
        fit.stimuli.enumerated().flatMap { value(neuron, .stimulus($0), $1.count) }
      }
      let functions = fit.stimuli.reduce(0) { $0 + $1.count }
      arrays.append(("stimulus\(suffix)", NumPyArray(rows, shape: [count, functions])))
    }
    for term in fit.terms {
      let rows = (0..<count).flatMap { value($0, .term(term.name), term.count) }
      arrays.append(
        ("term_\(term.name)\(suffix)", NumPyArray(rows, shape: [count, term.count])))
    }
    return arrays
  }

  /// The probability of each input, were it without effect: `history_p` [N], `coupling_p` [pre, post],
  /// `stimulus_p` [N, stimuli], `term_NAME_p` [N]; NaN where it was not fitted.
  var pValues: [(name: String, array: NumPyArray)] {
    func pValue(_ neuron: NeuronFit?, _ input: FitColumns.Group.Input) -> Double {
      neuron?.pValue(of: input) ?? .nan
    }
    var arrays: [(name: String, array: NumPyArray)] = []
    if fit.history != nil {
      arrays.append(("history_p", NumPyArray(neurons.map { pValue($0, .history) })))
    }
    if fit.coupling != nil {
      let values = pairs(empty: Double.nan) { fit, group in fit.pValues?[group...group] }
      arrays.append(("coupling_p", NumPyArray(values, shape: [count, count])))
    }
    if !fit.stimuli.isEmpty {
      let values = neurons.flatMap { neuron in
        fit.stimuli.indices.map { pValue(neuron, .stimulus($0)) }
      }
      arrays.append(("stimulus_p", NumPyArray(values, shape: [count, fit.stimuli.count])))
    }
    for term in fit.terms {
      arrays.append(
        ("term_\(term.name)_p", NumPyArray(neurons.map { pValue($0, .term(term.name)) })))
    }
    return arrays
  }

  /// What the penalty of each input was multiplied by, [N, inputs] in the order of `PenaltyColumns`; nil where it is that of
  /// the fit for all neurons.
  var penaltyFactors: NumPyArray? {
    guard neurons.contains(where: { $0?.penaltyFactors != nil }) else { return nil }
    let columns = PenaltyColumns(fit)
    var values = [Double](repeating: 1, count: count * columns.count)
    for fit in neurons.compactMap(\.self) {
      for (group, factor) in zip(fit.columns.groups, fit.penaltyFactors ?? []) {
        values[fit.neuron * columns.count + columns.number(of: group.input)] = factor
      }
    }
    return NumPyArray(values, shape: [count, columns.count])
  }

  /// What the data could not tell, a row for each warning and column: `warning_neuron`, `warning_problem`,
  /// `warning_column`, "" where it is about no column, and `warning_bound`.
  var warnings: [(name: String, array: NumPyArray)] {
    let rows = fit.warnings.flatMap { warning in
      let names = warning.columns.isEmpty ? [""] : warning.subjects.map(\.description)
      return names.enumerated().map { index, name in
        (
          warning.neuron, warning.problem.rawValue, name,
          index < warning.bounds.count ? warning.bounds[index] : .nan
        )
      }
    }
    return [
      ("warning_neuron", NumPyArray(rows.map { Int64($0.0) })),
      ("warning_problem", NumPyArray(rows.map(\.1))),
      ("warning_column", NumPyArray(rows.map(\.2))),
      ("warning_bound", NumPyArray(rows.map(\.3))),
    ]
  }

  /// Which couplings were fitted; nil where there could be none.
  var fittedCouplings: NumPyArray? {
    if fit.coupling == nil { return nil }
    let fitted = pairs(empty: false) { _, _ in [true] }
    return NumPyArray(fitted, shape: [count, count])
  }

  /// Values of all couplings, [pre, post, function].
  ///
  /// - Parameters:
  ///   - empty: what stands where there are none.
  ///   - values: those of a group of a neuron's columns; nil where there are none.
  private func pairs<Value>(
    empty: Value, functions: Int = 1, _ values: (NeuronFit, Int) -> ArraySlice<Value>?
  ) -> [Value] {
    var pairs = [Value](repeating: empty, count: count * count * functions)
    for fit in neurons.compactMap(\.self) {
      for (number, group) in fit.columns.groups.enumerated() {
        guard case .coupling(let source) = group.input, let values = values(fit, number) else {
          continue
        }
        var place = (source * count + fit.neuron) * functions
        for value in values {
          pairs[place] = value
          place += 1
        }
      }
    }
    return pairs
  }

  /// The values of all bases, by lag, and what they are.
  var bases: [(name: String, array: NumPyArray)] {
    let named =
      [("history_basis", fit.history), ("coupling_basis", fit.coupling)]
      + fit.stimuli.enumerated().map { ("stimulus_basis_\($0)", $1) }
    return named.flatMap { name, basis in basis?.arrays(name) ?? [] }
  }
}
