public import SpikingCatalogue
public import SpikingFiles
public import SpikingFitting
public import SpikingFramework
internal import SpikingNonlinearities

extension CoupledFit {
  /// Reads a `.npz` file that `write` wrote; of probabilities nothing is read.
  ///
  /// - Parameters:
  ///   - location: the file.
  ///   - catalogue: the nonlinearities and emissions that it may be of, and bases: one that is not there is known by its functions.
  /// - Throws: `unreadableFile`, or `invalidData` naming the file and the array, also where the functions are not those of the
  ///   basis that it names.
  public init(
    contentsOf location: some FileLocation, catalogue: Catalogue = .standard
  ) throws(SpikingError) {
    let path = location.locationPath
    let archive = try NumPyArchive(contentsOf: path)
    guard ArchiveKind.isFit(archive.names),
      ["baseline", "bias"].contains(where: archive.names.contains)
    else {
      throw SpikingError(
        .invalidData, path, found: ArchiveKind.description(archive.names),
        expected: "a fit, as spiking fit writes it")
    }
    self = try FitReader(archive, catalogue).fit(archive, catalogue)
  }
}

/// Puts the fits of neurons together from the arrays of a file.
private struct FitReader {
  let count: Int
  let baselines: [Double]
  let fitted: [Bool]
  /// [pre, post]; empty where there is no coupling basis.
  let couplings: [Bool]
  let history: BasisMatrix?
  let coupling: BasisMatrix?
  let stimuli: [BasisMatrix]
  let terms: [FittedTerm]
  let design: Design?

  init(_ archive: borrowing NumPyArchive, _ catalogue: Catalogue) throws(SpikingError) {
    // What baselines were called before 0.6.
    let name = archive.names.contains("baseline") ? "baseline" : "bias"
    baselines = try archive.column(name)
    count = baselines.count
    guard 1...Connectivity.maximumNeuronCount ~= count else {
      throw try archive.array(name).error(
        "shape", found: "[\(count)]",
        expected: "[N], 1 to \(Connectivity.maximumNeuronCount) neurons")
    }
    fitted = try archive.array("fitted").requiring([count]).booleans()
    history = try BasisMatrix.read("history_basis", from: archive, catalogue)
    coupling = try BasisMatrix.read("coupling_basis", from: archive, catalogue)
    couplings =
      coupling == nil
      ? [] : try archive.array("coupling_fitted").requiring([count, count]).booleans()
    var stimuli: [BasisMatrix] = []
    while let basis = try BasisMatrix.read(
      "stimulus_basis_\(stimuli.count)", from: archive, catalogue)
    {
      stimuli.append(basis)
    }
    self.stimuli = stimuli
    design =
      archive.names.contains("design")
      ? try SpikingError.within("\(archive.path): design", Self.design(archive, catalogue)) : nil
    terms = try FittedTerm.list(in: archive, design)
  }

  private static func design(
    _ archive: borrowing NumPyArchive, _ catalogue: Catalogue
  ) throws(SpikingError) -> Design? {
    guard let text = try archive.array("design").strings().first else { return nil }
    return try DesignFile(json: text, catalogue: catalogue).design
  }

  func fit(
    _ archive: borrowing NumPyArchive, _ catalogue: Catalogue
  ) throws(SpikingError) -> CoupledFit {
    let weights = try columnValues(archive, baselines)
    let errors =
      archive.names.contains("baseline_se")
      ? try columnValues(archive, values(archive, "baseline_se", [count]), suffix: "_se") : nil
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
    let penaltyFactors = try penaltyFactors(archive)
    let neurons = (0..<count).filter { fitted[$0] }.map { neuron in
      let columns = columns(of: neuron)
      return NeuronFit(
        columns: columns,
        coefficients: values(of: columns, in: weights),
        standardErrors: errors.map { values(of: columns, in: $0) },
        spikeCount: spikes[neuron], logLikelihood: logLikelihood[neuron],
        nullLogLikelihood: null[neuron], freeCount: free[neuron],
        certificate: FitCertificate(
          gradientNorm: gradientNorm[neuron], excess: excess[neuron],
          iterations: iterations[neuron], evaluations: evaluations[neuron],
          reason: CoupledFit.stopReasons[
            min(max(reasons[neuron], 0), CoupledFit.stopReasons.count - 1)]),
        warnings: Self.warnings(warnings[neuron] ?? [], in: columns),
        penaltyFactors: penaltyFactors(columns))
    }
    let parts = try FitParts(archive, catalogue)
    let dt = try width(archive)
    return CoupledFit(
      nonlinearity: try parts.nonlinearity(dt: dt), emission: try parts.emission(),
      neurons: neurons, neuronCount: count, dt: dt,
      binsUsed: try binsUsed(archive), history: self.history,
      coupling: self.coupling, stimuli: stimuli,
      stimulusNames: try stimulusNames(archive), terms: terms,
      networkOffsets: try networkOffsets(archive),
      penalty: try self.penalty(archive, penalty),
      mask: try mask(try networkOffsets(archive)), design: design)
  }

  private func penalty(
    _ archive: borrowing NumPyArchive, _ strengths: [Double]
  ) throws(SpikingError) -> Penalty {
    var penalty = Penalty(ridge: strengths[0], lasso: strengths[1], groupLasso: strengths[2])
    if archive.names.contains("penalty_smooth") {
      let smooth = try archive.array("penalty_smooth").requiring([2]).doubles()
      penalty.smooth = smooth[0]
      penalty.order = smooth[1] == 2 ? 2 : 1
    }
    return penalty
  }

  /// What the penalties of a neuron's groups of columns are multiplied by.
  private func penaltyFactors(
    _ archive: borrowing NumPyArchive
  ) throws(SpikingError) -> (FitColumns) -> [Double]? {
    guard archive.names.contains("penalty_factors") else { return { _ in nil } }
    let inputs = PenaltyColumns(
      history: history, coupling: coupling, stimuli: stimuli, terms: terms)
    let factors = try values(archive, "penalty_factors", [count, inputs.count])
    if let wrong = factors.firstIndex(where: { !(0..<Double.infinity ~= $0) }) {
      throw SpikingError(
        .invalidData, "\(archive.path): penalty_factors: data[\(wrong)]", found: factors[wrong],
        expected: "a finite factor of at least 0")
    }
    return { columns in
      let own = columns.groups.map {
        factors[columns.neuron * inputs.count + inputs.number(of: $0.input)]
      }
      return own.allSatisfy { $0 == 1 } ? nil : own
    }
  }

  /// Which synapses could be there; nil where that is all of a network, as far as its neurons were fitted.
  private func mask(_ networkOffsets: [Int]) throws(SpikingError) -> ConnectionMask? {
    if coupling == nil { return nil }
    var mask = couplings
    var isWhole = true
    for network in zip(networkOffsets, networkOffsets.dropFirst()).map({ $0..<$1 }) {
      for target in network {
        for source in network where !mask[source * count + target] {
          let isUnknown = !fitted[target] || source == target && history != nil
          mask[source * count + target] = isUnknown
          if !isUnknown { isWhole = false }
        }
      }
    }
    return isWhole ? nil : try ConnectionMask(mask, neuronCount: count)
  }

  private func stimulusNames(_ archive: borrowing NumPyArchive) throws(SpikingError) -> [String] {
    guard !stimuli.isEmpty, archive.names.contains("stimulus_names") else {
      return stimuli.indices.map { "stimulus \($0)" }
    }
    return try archive.array("stimulus_names").requiring([stimuli.count]).strings()
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
    inputs += terms.map { (.term($0.name), $0.count) }
    return FitColumns(neuron: neuron, inputs: inputs)
  }

  /// A number for each column of all neurons, as the arrays of a file have them.
  private struct ColumnValues {
    let baselines: [Double]
    let history: [Double]
    let coupling: [Double]
    let stimulus: [Double]
    let terms: [String: [Double]]
  }

  private func columnValues(
    _ archive: borrowing NumPyArchive, _ baselines: [Double], suffix: String = ""
  ) throws(SpikingError) -> ColumnValues {
    var ofTerms: [String: [Double]] = [:]
    for term in terms {
      ofTerms[term.name] = try values(archive, "term_\(term.name)\(suffix)", [count, term.count])
    }
    return ColumnValues(
      baselines: baselines,
      history: try values(archive, "history\(suffix)", [count, history?.count ?? 0]),
      coupling: try values(archive, "coupling\(suffix)", [count, count, coupling?.count ?? 0]),
      stimulus: try values(
        archive, "stimulus\(suffix)", [count, stimuli.reduce(0) { $0 + $1.count }]),
      terms: ofTerms)
  }

  private func values(of columns: FitColumns, in all: ColumnValues) -> [Double] {
    let neuron = columns.neuron
    var next = neuron * stimuli.reduce(0) { $0 + $1.count }
    return [all.baselines[neuron]]
      + columns.groups.flatMap { group in
        let count = group.columns.count
        switch group.input {
        case .history: return all.history[neuron * count..<(neuron + 1) * count]
        case .coupling(let source):
          let start = (source * self.count + neuron) * count
          return all.coupling[start..<start + count]
        case .stimulus:
          defer { next += count }
          return all.stimulus[next..<next + count]
        case .term(let name):
          return all.terms[name, default: []][neuron * count..<(neuron + 1) * count]
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
    return FitWarning.Problem.allCases.compactMap { problem in
      let rows = rows.filter { $0.problem == problem }
      if rows.isEmpty { return nil }
      let known = rows.compactMap { row in
        // As files of before 0.6 call the coupling of a neuron with itself.
        FitColumns.Column(
          row.column.replacing("own spikes", with: "coupling from neuron \(row.neuron)")
        ).flatMap { columns.number(of: $0) }.map { ($0, row.bound) }
      }
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
