internal import SpikingFramework
internal import SpikingNumerics

/// Finds the coefficients of one neuron.
struct NeuronSolver<InverseLink: Nonlinearity, EmissionModel: Emission> {
  let data: CoupledData
  let observation: Observation<InverseLink, EmissionModel>
  let columns: FitColumns
  let settings: FitSettings
  /// The products of the columns, over all bins that are evaluated.
  let gram: NeuronGram

  var binCount: Double { Double(data.bins.count) }
  /// Searches go through coefficients of centered columns.
  var centers: ColumnCenters { data.centers(of: columns) }
  /// The squares of the penalty.
  var squares: QuadraticPenalty { settings.penalties.quadratic(of: columns) }

  /// - Parameter start: coefficients to begin with, those of a similar fit.
  /// - Throws: `invalidData` where the counts cannot occur.
  func fit(from start: [Double]? = nil) throws -> NeuronFit {
    let objective = NeuronObjective(data, observation, columns)
    let spikeCount = data.spikeCount(of: columns.neuron)
    let baseline = try observation.baseline(
      meanCount: max(Double(spikeCount), 0.5) / binCount, neuron: columns.neuron)
    var coefficients = [baseline] + Array(repeating: 0.0, count: columns.count - 1)
    let null = try observation.constantLogLikelihood(
      of: columns.neuron, in: data, meanCount: max(Double(spikeCount), 0.5) / binCount)
    let constant = coefficients
    let initial = try atConstantRate(objective, constant, logLikelihood: null)
    if spikeCount == 0 {
      return silent(coefficients, logLikelihood: initial.logLikelihood, null: null)
    }

    let held = HeldColumns(objective, gram: gram, settings: settings)
    if let start, start.count == columns.count { coefficients = centers.centered(start) }
    coefficients = held.starting(from: coefficients)
    // Under a ridge a silent neuron's weights are free, and 0 is best.
    let active = gram.audible.filter { held.values[$0] == nil }
    let solution = try solve(
      PenalisedObjective(
        objective, binCount: binCount, squares: squares, active: active, coefficients: coefficients,
        known: (constant, initial.logLikelihood, initial.gradient),
        evaluations: data.offsets.isEmpty ? 0 : 1), active: active)
    try Task.checkCancellation()
    let conclusions = try conclusions(objective, solution, held: held, active: active)
    return NeuronFit(
      columns: columns, coefficients: centers.uncentered(solution.coefficients),
      standardErrors: conclusions.standardErrors, pValues: conclusions.pValues,
      spikeCount: spikeCount, logLikelihood: solution.logLikelihood, nullLogLikelihood: null,
      freeCount: columns.count - held.values.count - centers.references.count,
      certificate: solution.certificate,
      warnings: conclusions.warnings, penaltyFactors: settings.penalties.factors(of: columns))
  }

  /// ℓ at a constant rate, and its gradient. Where nothing is added to drives, bins without spikes have one slope, and what
  /// columns add up to is known.
  private func atConstantRate(
    _ objective: NeuronObjective<InverseLink, EmissionModel>, _ coefficients: [Double],
    logLikelihood null: Double
  ) throws -> (logLikelihood: Double, gradient: [Double]) {
    var gradient = coefficients
    if !data.offsets.isEmpty {
      let logLikelihood = objective.logLikelihood(coefficients, gradient: &gradient)
      guard null.isFinite, logLikelihood.isFinite else { throw try impossibleSpikes() }
      return (logLikelihood, gradient)
    }
    guard null.isFinite else { throw try impossibleSpikes() }
    func slope(_ count: Int) -> Double {
      observation.emission.logLikelihoodAndSlope(
        of: count, at: coefficients[0], of: observation.mean
      ).slope
    }
    let silence = slope(0)
    gradient = objective.sumsAtSpikes { slope($0) - silence }
    for column in gradient.indices { gradient[column] += silence * gram[0, column] }
    return (null, gradient)
  }

  /// The minimum, by GSL where the objective has derivatives everywhere.
  private func solve(
    _ penalised: PenalisedObjective<InverseLink, EmissionModel>, active: [Int]
  ) throws -> FitSolution {
    if settings.isConstrained {
      return ProximalNewton(settings: settings, columns: columns).minimize(penalised)
    }
    let constant = startingSecondDerivatives(active)
    let isMoved =
      penalised.secondDerivativesAreCheap && data.offsets.isEmpty
      && RegressionStart(
        observation.mean, drive: penalised.coefficients[0], information: information
      ).move(penalised, secondDerivatives: constant)
    let free = WhitenedSearch(minimizer: settings.minimizer).minimize(
      penalised,
      secondDerivatives: isMoved
        ? penalised.secondDerivatives(at: penalised.position) : constant)
    guard let bound = settings.maximumOwnResponse, let response = ownResponse else { return free }
    return BoundedSearch(minimizer: settings.minimizer, response: response, bound: bound)
      .minimize(penalised, from: free)
  }

  /// What the own filter makes of a spike; nil where there is none.
  private var ownResponse: OwnResponse? {
    for input in [.history, .coupling(from: columns.neuron)] as [FitColumns.Group.Input] {
      if let columns = columns.columns(of: input), let basis = data.basis(of: input) {
        return OwnResponse(columns: columns, basis: basis)
      }
    }
    return nil
  }

  /// The Fisher information on the drive in a bin at the constant rate.
  private var information: Double {
    observation.information(
      meanCount: Double(data.spikeCount(of: columns.neuron)) / binCount, neuron: columns.neuron)
  }

  /// Second derivatives at a constant rate: all neurons share the products of features.
  func startingSecondDerivatives(_ active: [Int]) -> SymmetricMatrix {
    let scale = information / binCount
    var matrix = gram.selecting(active)
    for index in matrix.entries.indices { matrix.entries[index] *= scale }
    squares.add(to: &matrix, of: active)
    return matrix
  }

  private func silent(
    _ coefficients: [Double], logLikelihood: Double, null: Double
  ) -> NeuronFit {
    let unknown = [Double](repeating: .infinity, count: columns.count)
    return NeuronFit(
      columns: columns, coefficients: coefficients,
      standardErrors: settings.hasStandardErrors ? unknown : nil,
      pValues: settings.hasStandardErrors && squares.isZero
        ? columns.groups.map { _ in 1 } : nil, spikeCount: 0,
      logLikelihood: logLikelihood, nullLogLikelihood: null, freeCount: 0,
      certificate: FitCertificate(
        gradientNorm: 0, excess: 0, iterations: 0, evaluations: 1, reason: .gradient),
      warnings: [FitWarning(.silent, in: columns)],
      penaltyFactors: settings.penalties.factors(of: columns))
  }

  /// Names a count that cannot occur.
  private func impossibleSpikes() throws -> SpikingError {
    let bin = data.bins.ranges.lazy.flatMap { data.spikes.positions(of: columns.neuron, in: $0) }
      .first {
        !observation.emission.logLikelihood(of: Int(data.spikes.counts[Int($0)]), mean: 0.5)
          .isFinite
      }
    let subject = "neuron \(columns.neuron)"
    guard let bin else {
      return SpikingError(
        .invalidData, subject, found: "a likelihood that is not finite at a constant rate",
        expected: "finite offsets, and a nonlinearity that can have the mean rate")
    }
    return SpikingError(
      .invalidData, "\(subject), bin \(data.spikes.bins[Int(bin)])",
      found: "\(data.spikes.counts[Int(bin)]) spikes",
      expected: "at most one a bin for \(EmissionModel.typeName): narrower bins, or a Poisson model"
    )
  }
}

extension FitColumns {
  /// All columns.
  var indices: Range<Int> { 0..<count }
}
