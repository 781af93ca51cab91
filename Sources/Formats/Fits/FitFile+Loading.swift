internal import SpikingFitting
public import SpikingFramework

extension FitFile {
  /// Reads a `.npz` file that `save` wrote; of standard errors and probabilities nothing is read.
  ///
  /// - Throws: `unreadableFile`, or `invalidData` naming the file and the array.
  public init(contentsOf path: String) throws(SpikingError) {
    let archive = try NumPyArchive(path)
    guard archive.names.contains("bias"), archive.names.contains("bins_used") else {
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
  /// [pre, post]; empty where there is no coupling basis.
  let couplings: [Bool]
  let history: BasisMatrix?
  let coupling: BasisMatrix?
  let stimuli: [BasisMatrix]

  init(_ archive: borrowing NumPyArchive) throws(SpikingError) {
    bias = try archive.column("bias")
    count = bias.count
    guard 1...Connectivity.maximumNeuronCount ~= count else {
      throw try archive.array("bias").error(
        "shape", found: "[\(count)]",
        expected: "[N], 1 to \(Connectivity.maximumNeuronCount) neurons")
    }
    fitted = try archive.array("fitted").requiring([count]).booleans()
    history = try Self.basis(archive, "history_basis")
    coupling = try Self.basis(archive, "coupling_basis")
    couplings =
      coupling == nil
      ? [] : try archive.array("coupling_fitted").requiring([count, count]).booleans()
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
    let spikes = try counts(archive, "spikes")
    let free = try counts(archive, "free")
    let iterations = try counts(archive, "iterations")
    let evaluations = try counts(archive, "evaluations")
    let reasons = try integers(archive, "stop_reason")
    let penalty = try values(archive, "penalty", [3])
    let warnings = Dictionary(grouping: try warnings(archive), by: \.neuron)
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
        warnings: Self.warnings(warnings[neuron] ?? [], in: columns))
    }
    return CoupledFit(
      neurons: neurons, neuronCount: count, dt: try width(archive),
      binsUsed: try binsUsed(archive), history: self.history,
      coupling: self.coupling, stimuli: stimuli,
      stimulusNames: stimuli.indices.map { "stimulus \($0)" },
      networkOffsets: try networkOffsets(archive),
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
    return try archive.array(name).requiring(shape).doubles()
  }

  private func integers(
    _ archive: borrowing NumPyArchive, _ name: String
  ) throws(SpikingError) -> [Int] {
    try archive.array(name).requiring([count]).integers()
  }

  private static func basis(
    _ archive: borrowing NumPyArchive, _ name: String
  ) throws(SpikingError) -> BasisMatrix? {
    guard archive.names.contains(name) else { return nil }
    let array = try archive.array(name)
    let windows = 1...Int(ParameterDomain.filterWindow.upper)
    guard array.shape.count == 2, windows ~= array.shape[0], array.shape[1] >= 1 else {
      throw array.error(
        "shape", found: array.shape,
        expected: "[window, functions], 1 to \(windows.upperBound) lags of at least one function")
    }
    let (window, count) = (array.shape[0], array.shape[1])
    let values = try array.doubles()
    guard values.allSatisfy(\.isFinite) else {
      throw array.error(
        "data", found: "a value that is not finite", expected: "finite functions")
    }
    return BasisMatrix(
      count: count, window: window,
      values: (0..<count).flatMap { function in
        (0..<window).map { values[$0 * count + function] }
      })
  }
}

extension FitReader {
  /// Numbers of spikes, coefficients or steps.
  private func counts(
    _ archive: borrowing NumPyArchive, _ name: String
  ) throws(SpikingError) -> [Int] {
    let counts = try integers(archive, name)
    let limit = Int(ParameterDomain.count.upper)
    guard let wrong = counts.firstIndex(where: { !(0...limit ~= $0) }) else { return counts }
    throw SpikingError(
      .invalidData, "\(archive.path): \(name): data[\(wrong)]", found: counts[wrong],
      expected: "a count, 0 to \(limit)")
  }

  private func width(_ archive: borrowing NumPyArchive) throws(SpikingError) -> Double {
    let dt = try archive.scalar("dt")
    if ParameterDomain.positive.contains(dt) { return dt }
    throw SpikingError(
      .invalidData, "\(archive.path): dt", found: dt, expected: "a positive width in ms")
  }

  private func binsUsed(_ archive: borrowing NumPyArchive) throws(SpikingError) -> Int {
    let bins = try archive.scalar("bins_used", as: Int.self)
    if 1...BinnedSpikes.maximumBinCount ~= bins { return bins }
    throw SpikingError(
      .invalidData, "\(archive.path): bins_used", found: bins,
      expected: "1 to \(BinnedSpikes.maximumBinCount)")
  }

  private func networkOffsets(_ archive: borrowing NumPyArchive) throws(SpikingError) -> [Int] {
    let offsets = try archive.column("network_offsets", as: Int.self)
    if offsets.first == 0, offsets.last == count,
      zip(offsets, offsets.dropFirst()).allSatisfy({ $0 < $1 })
    {
      return offsets
    }
    throw SpikingError(
      .invalidData, "\(archive.path): network_offsets",
      found: "\(offsets.count) numbers that do not divide \(count) neurons",
      expected: "the first neuron of each network, and the number of neurons at the end")
  }
}
