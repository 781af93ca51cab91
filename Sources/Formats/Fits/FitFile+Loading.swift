internal import SpikingFitting
public import SpikingFramework

extension FitFile {
  /// Reads a `.npz` file that `save` wrote; of standard errors and probabilities nothing is read.
  ///
  /// - Throws: `unreadableFile`, or `invalidData` naming the file and the array.
  public init(contentsOf path: String) throws(SpikingError) {
    let archive = try NumPyArchive(path)
    guard archive.names.contains("bias"), archive.names.contains("coupling_fitted") else {
      throw SpikingError(
        .invalidData, path, found: ArchiveKind.description(archive.names),
        expected: "a fit, as spiking fit writes it")
    }
    let reader = try FitReader(archive)
    fit = try reader.fit(archive)
    nonlinearity = try Self.text(archive, "nonlinearity")
    observation = try Self.text(archive, "observation")
    let shape = try archive.scalar("shape")
    self.shape = shape.isNaN ? nil : shape
  }

  private static func text(
    _ archive: borrowing NumPyArchive, _ name: String
  ) throws(SpikingError) -> String {
    try archive.array(name).strings().first ?? ""
  }
}

/// Puts the fits of neurons together from the arrays of a file.
private struct FitReader {
  let count: Int
  let bias: [Double]
  let fitted: [Bool]
  let couplings: [Bool]
  let history: BasisMatrix?
  let coupling: BasisMatrix?
  let stimuli: [BasisMatrix]

  init(_ archive: borrowing NumPyArchive) throws(SpikingError) {
    bias = try archive.column("bias")
    count = bias.count
    fitted = try archive.array("fitted").booleans()
    let pairs = try archive.array("coupling_fitted")
    guard fitted.count == count, pairs.shape == [count, count] else {
      throw pairs.error("shape", found: pairs.shape, expected: "[\(count), \(count)]")
    }
    couplings = try pairs.booleans()
    history = try Self.basis(archive, "history_basis")
    coupling = try Self.basis(archive, "coupling_basis")
    var stimuli: [BasisMatrix] = []
    while let basis = try Self.basis(archive, "stimulus_basis_\(stimuli.count)") {
      stimuli.append(basis)
    }
    self.stimuli = stimuli
  }

  func fit(_ archive: borrowing NumPyArchive) throws(SpikingError) -> CoupledFit {
    let history = try values(archive, "history", [count, self.history?.count ?? 0])
    let coupling = try values(archive, "coupling", [count, count, self.coupling?.count ?? 0])
    let stimulus = try values(
      archive, "stimulus", [count, stimuli.reduce(0) { $0 + $1.count }])
    let logLikelihood = try values(archive, "log_likelihood", [count])
    let null = try values(archive, "null_log_likelihood", [count])
    let gradientNorm = try values(archive, "gradient_norm", [count])
    let excess = try values(archive, "excess", [count])
    let spikes = try integers(archive, "spikes")
    let free = try integers(archive, "free")
    let iterations = try integers(archive, "iterations")
    let evaluations = try integers(archive, "evaluations")
    let reasons = try integers(archive, "stop_reason")
    let penalty = try values(archive, "penalty", [3])
    let warnings = try warnings(archive)
    let neurons = (0..<count).filter { fitted[$0] }.map { neuron in
      let columns = columns(of: neuron)
      return NeuronFit(
        columns: columns,
        coefficients: coefficients(
          columns, history: history, coupling: coupling, stimulus: stimulus),
        spikeCount: spikes[neuron], logLikelihood: logLikelihood[neuron],
        nullLogLikelihood: null[neuron], freeCount: free[neuron],
        certificate: FitCertificate(
          gradientNorm: gradientNorm[neuron], excess: excess[neuron],
          iterations: iterations[neuron], evaluations: evaluations[neuron],
          reason: FitFile.stopReasons[
            min(max(reasons[neuron], 0), FitFile.stopReasons.count - 1)]),
        warnings: Self.warnings(warnings.filter { $0.neuron == neuron }, in: columns))
    }
    return CoupledFit(
      neurons: neurons, neuronCount: count, dt: try archive.scalar("dt"),
      binsUsed: try archive.scalar("bins_used", as: Int.self), history: self.history,
      coupling: self.coupling, stimuli: stimuli,
      stimulusNames: stimuli.indices.map { "stimulus \($0)" },
      networkOffsets: try archive.column("network_offsets", as: Int.self),
      penalty: Penalty(ridge: penalty[0], lasso: penalty[1], groupLasso: penalty[2]))
  }

  private func columns(of neuron: Int) -> FitColumns {
    var inputs: [(input: FitColumns.Group.Input, count: Int)] = []
    if let history { inputs.append((.history, history.count)) }
    if let coupling {
      inputs += (0..<count).filter { couplings[$0 * count + neuron] }.map {
        (.coupling(from: $0), coupling.count)
      }
    }
    inputs += stimuli.enumerated().map { (.stimulus($0), $1.count) }
    return FitColumns(neuron: neuron, inputs: inputs)
  }

  private func coefficients(
    _ columns: FitColumns, history: [Double], coupling: [Double], stimulus: [Double]
  ) -> [Double] {
    let neuron = columns.neuron
    var next = neuron * stimuli.reduce(0) { $0 + $1.count }
    return [bias[neuron]]
      + columns.groups.flatMap { group in
        let count = group.columns.count
        switch group.input {
        case .history: return history[neuron * count..<(neuron + 1) * count]
        case .coupling(let source):
          let start = (source * self.count + neuron) * count
          return coupling[start..<start + count]
        case .stimulus:
          defer { next += count }
          return stimulus[next..<next + count]
        }
      }
  }

  /// A row of the table of warnings.
  private typealias WarningRow = (
    neuron: Int, problem: FitWarning.Problem, column: String, bound: Double
  )

  /// The rows of the table of warnings; none in files of before 0.4.
  private func warnings(_ archive: borrowing NumPyArchive) throws(SpikingError) -> [WarningRow] {
    guard archive.names.contains("warning_neuron") else { return [] }
    let neurons = try archive.array("warning_neuron").integers()
    let problems = try archive.array("warning_problem").strings()
    let columns = try archive.array("warning_column").strings()
    let bounds = try archive.array("warning_bound").doubles()
    guard [problems.count, columns.count, bounds.count].allSatisfy({ $0 == neurons.count }) else {
      throw try archive.array("warning_neuron").error(
        "shape", found: "[\(neurons.count)]", expected: "as many as the other arrays of warnings")
    }
    return neurons.indices.compactMap { row in
      FitWarning.Problem(rawValue: problems[row]).map {
        (neurons[row], $0, columns[row], bounds[row])
      }
    }
  }

  /// The warnings of one neuron, a problem each.
  private static func warnings(_ rows: [WarningRow], in columns: FitColumns) -> [FitWarning] {
    let numbers = Dictionary(
      uniqueKeysWithValues: (0..<columns.count).map { (columns.name(of: $0), $0) })
    return FitWarning.Problem.allCases.compactMap { problem in
      let rows = rows.filter { $0.problem == problem }
      if rows.isEmpty { return nil }
      let known = rows.compactMap { row in numbers[row.column].map { ($0, row.bound) } }
      return FitWarning(
        problem, of: known.map(\.0), bounds: known.contains { $0.1.isNaN } ? [] : known.map(\.1),
        in: columns)
    }
  }

  private func values(
    _ archive: borrowing NumPyArchive, _ name: String, _ shape: [Int]
  ) throws(SpikingError) -> [Double] {
    if shape.contains(0) { return [] }
    let array = try archive.array(name)
    guard array.shape == shape else {
      throw array.error("shape", found: array.shape, expected: "\(shape)")
    }
    return try array.doubles()
  }

  private func integers(
    _ archive: borrowing NumPyArchive, _ name: String
  ) throws(SpikingError) -> [Int] {
    let array = try archive.array(name)
    guard array.shape == [count] else {
      throw array.error("shape", found: array.shape, expected: "\([count])")
    }
    return try array.integers()
  }

  private static func basis(
    _ archive: borrowing NumPyArchive, _ name: String
  ) throws(SpikingError) -> BasisMatrix? {
    guard archive.names.contains(name) else { return nil }
    let array = try archive.array(name)
    guard array.shape.count == 2 else {
      throw array.error("shape", found: array.shape, expected: "[window, functions]")
    }
    let (window, count) = (array.shape[0], array.shape[1])
    let values = try array.doubles()
    return BasisMatrix(
      count: count, window: window,
      values: (0..<count).flatMap { function in
        (0..<window).map { values[$0 * count + function] }
      })
  }
}
