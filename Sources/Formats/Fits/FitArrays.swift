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

  /// Values of all columns, as `bias`, `history`, `coupling` and `stimulus` arrays.
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
      (name: "bias\(suffix)", array: NumPyArray(neurons.map { $0.flatMap(values)?[0] ?? missing }))
    ]
    if let basis = fit.history {
      let rows = (0..<count).flatMap { value($0, .history, basis.count) }
      arrays.append(("history\(suffix)", NumPyArray(rows, shape: [count, basis.count])))
    }
    if let basis = fit.coupling {
      let rows = (0..<count).flatMap { source in
        (0..<count).flatMap { value($0, .coupling(from: source), basis.count) }
      }
      arrays.append(("coupling\(suffix)", NumPyArray(rows, shape: [count, count, basis.count])))
    }
    if !fit.stimuli.isEmpty {
      let rows = (0..<count).flatMap { neuron in
        fit.stimuli.enumerated().flatMap { value(neuron, .stimulus($0), $1.count) }
      }
      let functions = fit.stimuli.reduce(0) { $0 + $1.count }
      arrays.append(("stimulus\(suffix)", NumPyArray(rows, shape: [count, functions])))
    }
    return arrays
  }

  /// The probability of each coupling, were there none.
  var pValues: NumPyArray {
    pairs { fit, source in
      fit.columns.groups.firstIndex { $0.input == .coupling(from: source) }.flatMap {
        fit.pValues?[$0]
      } ?? .nan
    }
  }

  /// Which couplings were fitted.
  var fittedCouplings: NumPyArray {
    let values = (0..<count).flatMap { source in
      neurons.map { $0?.columns.columns(of: .coupling(from: source)) != nil }
    }
    return NumPyArray(values, shape: [count, count])
  }

  private func pairs(_ value: (NeuronFit, _ source: Int) -> Double) -> NumPyArray {
    let values = (0..<count).flatMap { source in
      neurons.map { $0.map { value($0, source) } ?? .nan }
    }
    return NumPyArray(values, shape: [count, count])
  }

  /// The values of all bases, by lag.
  var bases: [(name: String, array: NumPyArray)] {
    let named =
      [("history_basis", fit.history), ("coupling_basis", fit.coupling)]
      + fit.stimuli.enumerated().map { ("stimulus_basis_\($0)", $1) }
    return named.compactMap { name, basis in
      basis.map { (name, Self.array($0)) }
    }
  }

  private static func array(_ basis: BasisMatrix) -> NumPyArray {
    let values = (0..<basis.window).flatMap { lag in
      (0..<basis.count).map { basis.values[$0 * basis.window + lag] }
    }
    return NumPyArray(values, shape: [basis.window, basis.count])
  }
}
