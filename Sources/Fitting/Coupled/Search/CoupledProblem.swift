internal import SpikingFramework
internal import SpikingModels
internal import SpikingNumerics

/// A recording and how it is to be fitted, checked; with what the fits of all neurons share.
struct CoupledProblem<InverseLink: Nonlinearity, EmissionModel: Emission>: Sendable {
  private var fitter: CoupledFitter<InverseLink, EmissionModel>
  private let spikes: BinnedSpikes
  /// The neurons that may act on each other, together: those of each network, or each alone where there is
  /// no coupling.
  private let networks: [CoupledData]
  /// The products of the features of all neurons of each of them; none for predictions.
  private let grams: [SymmetricMatrix]
  private var observation: Observation<InverseLink, EmissionModel>
  private let settings: FitSettings
  let bins: EvaluatedBins
  /// The bins of each trial, before those without a complete history or a value are left out.
  let segments: [Range<Int>]
  let history: BasisMatrix?
  let coupling: BasisMatrix?
  let stimuli: [BasisMatrix]
  /// What weights cost.
  var penalties: PenaltyRule { settings.penalties }

  /// - Parameters:
  ///   - neurons: which neurons are to be fitted; nil for all.
  ///   - threads: how many at the same time.
  /// - Throws: `exceedsMemory` before anything is allocated that is larger than the recording itself.
  init(
    _ fitter: CoupledFitter<InverseLink, EmissionModel>, _ spikes: BinnedSpikes,
    segments: [Range<Int>]?,
    neurons: [Int]? = nil, threads: Int? = nil, isFitted: Bool = true
  ) throws(SpikingError) {
    let segments = segments ?? [0..<spikes.binCount]
    let fitter = try fitter.validated(for: spikes, segments: segments)
    self.fitter = fitter
    self.spikes = spikes
    self.segments = segments
    history = try fitter.history.map(matrix)
    coupling = try fitter.coupling.map(matrix)
    stimuli = try fitter.stimuli.map { stimulus throws(SpikingError) in try matrix(stimulus.basis) }
    let complete = try EvaluatedBins(
      segments, binCount: spikes.binCount,
      window: max(
        history?.window ?? 0, coupling?.window ?? 0, stimuli.map { $0.window - 1 }.max() ?? 0)
    )
    bins = complete.intersected(with: fitter.definedBins(of: spikes.binCount))
    guard bins.count > 0 else {
      throw SpikingError(
        .invalidData, "recording", found: "no bin in which all terms have values",
        expected: "some of the \(complete.count) that would be evaluated")
    }
    if isFitted {
      try bins.requirePossibleCounts(of: spikes, fitter.emission, neurons: neurons)
    }
    observation = Observation(
      nonlinearity: fitter.nonlinearity, emission: fitter.emission, dt: spikes.dt)
    settings = FitSettings(
      penalties: fitter.penaltyRule, signs: fitter.signs,
      hasStandardErrors: fitter.hasStandardErrors,
      maximumOwnResponse: fitter.stableRate.map { 1000 / $0 / spikes.dt },
      minimizer: fitter.minimizer)
    let groups = FitSpikes.groups(
      of: spikes,
      offsets: coupling == nil ? Array(0...spikes.neuronCount) : spikes.networkOffsets)
    try FitMemory(
      fitter, groups, binCount: spikes.binCount, history: history, coupling: coupling,
      stimuli: stimuli, neurons: isFitted ? neurons : [], threads: threads
    ).require(within: fitter.memoryLimit)
    networks = Self.networks(
      groups, fitter, bins: bins, binCount: spikes.binCount, history: history, coupling: coupling,
      stimuli: stimuli)
    grams = isFitted ? GramMatrix.shared(by: networks) : []
  }

  /// The same on some of the bins, for training on them or for validation.
  init(_ problem: CoupledProblem, on bins: EvaluatedBins, isFitted: Bool) {
    fitter = problem.fitter
    spikes = problem.spikes
    history = problem.history
    coupling = problem.coupling
    stimuli = problem.stimuli
    self.bins = bins
    segments = problem.segments
    observation = problem.observation
    var settings = problem.settings
    settings.hasStandardErrors = false
    self.settings = settings
    networks = Self.networks(
      problem.networks.map(\.spikes), fitter, bins: bins, binCount: spikes.binCount,
      history: history, coupling: coupling, stimuli: stimuli)
    grams = isFitted ? GramMatrix.shared(by: networks) : []
  }

  /// The same with another emission.
  func observing(_ emission: EmissionModel) -> CoupledProblem {
    var problem = self
    problem.fitter.emission = emission
    problem.observation = Observation(
      nonlinearity: fitter.nonlinearity, emission: emission, dt: spikes.dt)
    return problem
  }

  private static func networks(
    _ groups: [FitSpikes], _ fitter: CoupledFitter<InverseLink, EmissionModel>, bins: EvaluatedBins,
    binCount: Int,
    history: BasisMatrix?, coupling: BasisMatrix?, stimuli: [BasisMatrix]
  ) -> [CoupledData] {
    let features = StimulusFeatures(
      zip(fitter.stimuli, stimuli).map { ($0.values, $1) }, bins: bins)
    let terms = TermFeatures(fitter.terms, bins: bins)
    return groups.map { spikes in
      CoupledData(
        spikes: spikes, bins: bins, binCount: binCount, history: history, coupling: coupling,
        features: features, terms: terms, offsets: fitter.offsets,
        penalties: fitter.penaltyRule)
    }
  }

  /// Which of the networks a neuron belongs to.
  private func network(of neuron: Int) -> Int {
    networks.firstPosition { $0.spikes.range.upperBound > neuron }
  }

  /// The fit of one neuron, from the coefficients of a similar one, under a penalty other than the
  /// fitter's.
  func fit(
    _ neuron: Int, penalties: PenaltyRule? = nil, from start: [Double]? = nil
  ) throws -> NeuronFit {
    var settings = settings
    if let penalties { settings.penalties = penalties }
    let columns = columns(of: neuron)
    let network = network(of: neuron)
    let data = networks[network]
    return try NeuronSolver(
      data: data, observation: observation, columns: columns, settings: settings,
      gram: NeuronGram(grams[network], columns, data: data)
    ).fit(from: start)
  }

  /// What a fit says of the bins that are evaluated.
  ///
  /// - Parameter trainingBins: over how many bins the spikes of the fit were counted.
  func prediction(_ fit: NeuronFit, trainingBins: Int) throws -> CoupledPrediction {
    let (objective, centers) = objective(of: fit.columns)
    let data = objective.data
    let drives = objective.drives(centers.centered(fit.coefficients))
    var counts = [Int](repeating: 0, count: bins.count)
    var segmentStarts: [Int] = []
    var passed = 0
    for range in bins.ranges {
      segmentStarts.append(passed)
      for position in data.spikes.positions(of: fit.neuron, in: range) {
        let bin = Int(data.spikes.bins[Int(position)])
        counts[passed + bin - range.lowerBound] = Int(data.spikes.counts[Int(position)])
      }
      passed += range.count
    }
    let silences = observation.silences(at: drives)
    let emission = observation.emission
    let logLikelihood = counts.indices.reduce(0.0) { sum, bin in
      sum
        + (counts[bin] == 0
          ? silences[bin]
          : emission.logLikelihoodAndSlope(
            of: counts[bin], at: drives[bin], of: observation.mean
          ).logLikelihood)
    }
    let saturated = counts.reduce(0.0) { $0 + emission.logLikelihood(of: $1, mean: Double($1)) }
    return CoupledPrediction(
      neuron: fit.neuron, means: drives.map { observation.mean.mean(at: $0) },
      intensities: silences.map { -$0 }, counts: counts, segmentStarts: segmentStarts,
      logLikelihood: logLikelihood,
      // A neuron without spikes had half a one.
      nullLogLikelihood: try observation.constantLogLikelihood(
        of: fit.neuron, in: data,
        meanCount: max(Double(fit.spikeCount), 0.5) / Double(trainingBins)),
      saturatedLogLikelihood: saturated.isFinite ? saturated : nil, freeCount: fit.freeCount)
  }

  /// The likelihood of a neuron as a function of the coefficients of centered columns, and what these are
  /// less.
  func objective(
    of columns: FitColumns
  ) -> (objective: NeuronObjective<InverseLink, EmissionModel>, centers: ColumnCenters) {
    let data = networks[network(of: columns.neuron)]
    return (NeuronObjective(data, observation, columns), data.centers(of: columns))
  }

  /// The columns of the fit of a neuron.
  func columns(of neuron: Int) -> FitColumns {
    networks[network(of: neuron)].columns(of: neuron, sources: sources(of: neuron))
  }

  /// The basis of an input of a neuron; nil where it has none.
  func basis(of input: FitColumns.Group.Input) -> BasisMatrix? {
    switch input {
    case .history: history
    case .coupling: coupling
    case .stimulus(let number): stimuli[number]
    case .term: nil
    }
  }

  /// How well the coefficients of a fit are known, those that were not kept at a value.
  func inference(_ fit: NeuronFit) -> Inference {
    let (objective, centers) = objective(of: fit.columns)
    let held = fit.heldColumns
    return Inference(
      objective, centers.centered(fit.coefficients),
      active: objective.data.audibleColumns(of: fit.columns).filter { !held.contains($0) },
      squares: penalties.scaled(of: fit.columns, by: fit.penaltyFactors).quadratic(of: fit.columns))
  }

  /// (H + P T)⁻¹ at a fit, with the row of each column; nil where it is singular.
  func inverse(of fit: NeuronFit) -> (inverse: SymmetricMatrix, rows: [Int: Int])? {
    let inference = inference(fit)
    guard let inverse = inference.inverse else { return nil }
    let rows = Dictionary(
      inference.independent.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return (inverse, rows)
  }

  /// What the stimuli are called.
  var stimulusNames: [String] { fitter.stimuli.map(\.name) }

  /// - Parameter factor: what the strengths of the fitter's penalties were multiplied by.
  func result(_ fits: [NeuronFit], factor: Double = 1) -> CoupledFit {
    CoupledFit(
      nonlinearity: fitter.nonlinearity, emission: fitter.emission,
      neurons: fits.map { $0.underPenalty(scaledBy: factor) },
      neuronCount: spikes.neuronCount, dt: spikes.dt, binsUsed: bins.count,
      history: history, coupling: coupling, stimuli: stimuli,
      stimulusNames: fitter.stimuli.map(\.name), terms: fitter.terms.map(\.fitted),
      networkOffsets: spikes.networkOffsets, penalty: fitter.penalty.scaled(by: factor),
      mask: fitter.mask, design: fitter.design?.scalingPenalties(by: factor))
  }

  /// The neurons that may have synapses onto a neuron, itself among them where there is no history basis.
  private func sources(of neuron: Int) -> [Int] {
    networks[network(of: neuron)].spikes.range.filter { source in
      (source != neuron || history == nil) && fitter.mask?[source, neuron] ?? true
    }
  }
}

private func matrix(_ basis: any Basis) throws(SpikingError) -> BasisMatrix {
  try BasisMatrix(basis)
}
