public import SpikingFramework

/// What a fit says of one neuron in a recording, which may be another than it was fitted to.
public struct CoupledPrediction: Codable, Hashable, Sendable {
  /// The neuron.
  public let neuron: Int
  /// The mean count of every bin that was evaluated.
  public let means: [Double]
  /// −ln P(no spike) of these bins.
  public let intensities: [Double]
  /// The counts of these bins.
  public let counts: [Int]
  /// The first of them after each gap.
  public let segmentStarts: [Int]
  /// ℓ of the counts in nats.
  public let logLikelihood: Double
  /// ℓ of a constant rate, that of the recording of the fit.
  public let nullLogLikelihood: Double
  /// ℓ of a model that knew every count; nil where the emission has none.
  public let saturatedLogLikelihood: Double?
  /// The number of free coefficients of the fit.
  public let freeCount: Int
}

extension CoupledFit {
  /// What the fit says of a recording, spike by spike: the prediction of every bin is made from all spikes
  /// before it.
  ///
  /// - Parameters:
  ///   - spikes: the recording, with the neurons and bins of that of the fit.
  ///   - stimuli: for each stimulus of the fit a value for each bin of this recording.
  ///   - offsets: what is known of the drive, for each neuron a value for each bin; empty for nothing.
  ///   - terms: the other terms of the fit in this recording, as `BinnedDesign` has them.
  ///   - segments: the bins of each trial; one by default.
  ///   - neurons: which neurons; those of the fit by default.
  ///   - memoryLimit: how much memory it may take.
  ///   - execution: the number of threads, each of which predicts a neuron.
  /// - Throws: `invalidData` where the recording is another one, or spikes cannot occur; `exceedsMemory`;
  ///   `CancellationError`.
  /// - Complexity: O(bins + spikes · window) for each neuron.
  public func predictions(
    for spikes: BinnedSpikes, stimuli: [[Double]] = [], offsets: [[Double]] = [],
    terms: [BinnedTerm] = [], segments: [Range<Int>]? = nil, neurons: [Int]? = nil,
    memoryLimit: MemoryLimit = .standard,
    execution: Execution = Execution()
  ) async throws -> [CoupledPrediction] {
    try await mapPredictions(
      for: spikes, stimuli: stimuli, offsets: offsets, terms: terms, segments: segments,
      neurons: neurons,
      memoryLimit: memoryLimit, execution: execution
    ) { $0 }
  }

  /// What a function makes of the prediction of each neuron, such as its goodness. Only as many predictions as
  /// there are threads are in memory: each has four numbers for every bin.
  ///
  /// - Parameter transform: the function; the other parameters are those of `predictions`.
  /// - Throws: as `predictions`, and what the function throws.
  public func mapPredictions<Value: Sendable>(
    for spikes: BinnedSpikes, stimuli: [[Double]] = [], offsets: [[Double]] = [],
    terms: [BinnedTerm] = [], segments: [Range<Int>]? = nil, neurons: [Int]? = nil,
    memoryLimit: MemoryLimit = .standard,
    execution: Execution = Execution(),
    _ transform: @escaping @Sendable (CoupledPrediction) throws -> Value
  ) async throws -> [Value] {
    try await mapFits(
      for: spikes, stimuli: stimuli, offsets: offsets, terms: terms, segments: segments,
      neurons: neurons, memoryLimit: memoryLimit, execution: execution
    ) { problem, neuron in
      try transform(problem.prediction(neuron, trainingBins: binsUsed))
    }
  }

  /// What a function makes of the fit of each neuron, and of a recording as its fitter sees it.
  func mapFits<Value: Sendable>(
    for spikes: BinnedSpikes, stimuli: [[Double]], offsets: [[Double]], terms: [BinnedTerm],
    segments: [Range<Int>]?, neurons: [Int]?, memoryLimit: MemoryLimit, execution: Execution,
    _ transform: @escaping @Sendable (any PredictingProblem, NeuronFit) throws -> Value
  ) async throws -> [Value] {
    func map(_ nonlinearity: some Nonlinearity, _ emission: some Emission) async throws -> [Value] {
      var fitter = try fitter(
        nonlinearity, emission, stimuli: stimuli, offsets: offsets, terms: terms)
      fitter.memoryLimit = memoryLimit
      let problem = try fitter.problem(of: self, spikes, segments: segments)
      let fits = self.neurons.filter { neurons?.contains($0.neuron) ?? true }
      try problem.bins.requirePossibleCounts(of: spikes, emission, neurons: fits.map(\.neuron))
      let report = ProgressCount(of: fits.count, execution.progress)
      return try await concurrentMap(fits, threads: execution.threadCount()) { neuron in
        defer { report.add() }
        try Task.checkCancellation()
        return try transform(problem, neuron)
      }
    }
    return try await map(nonlinearity, emission)
  }

  /// The fitter of such a fit, with what was measured beside another recording.
  func fitter<InverseLink: Nonlinearity, EmissionModel: Emission>(
    _ nonlinearity: InverseLink, _ emission: EmissionModel, stimuli values: [[Double]],
    offsets: [[Double]], terms binned: [BinnedTerm]
  ) throws(SpikingError) -> CoupledFitter<InverseLink, EmissionModel> {
    guard values.count == stimuli.count else {
      throw SpikingError(
        .invalidData, "stimuli", found: "\(values.count) of them",
        expected: "\(stimuli.count), as the fit has")
    }
    var fitter = CoupledFitter(
      nonlinearity, emission, history: history, coupling: coupling,
      stimuli: values.indices.map {
        StimulusCovariate(stimulusNames[$0], values: values[$0], basis: stimuli[$0])
      })
    fitter.offsets = offsets
    guard binned.map(\.name) == terms.map(\.name),
      zip(binned, terms).allSatisfy({ $0.columns.axes == $1.axes })
    else {
      throw SpikingError(
        .invalidData, "terms", found: listed(binned), expected: "\(listed(terms)), as the fit has")
    }
    for (term, fitted) in zip(binned, terms) {
      fitter.terms.append(BinnedTerm(fitted.name, term.columns, penalty: fitted.penalty))
    }
    fitter.penalty = penalty
    fitter.design = design
    for part in design?.parts ?? [] {
      switch part.term {
      case is History: fitter.historyPenalty = part.penalty
      case is Coupling: fitter.couplingPenalty = part.penalty
      default:
        for number in fitter.stimuli.indices where fitter.stimuli[number].name == part.name {
          fitter.stimuli[number].penalty = part.penalty
        }
      }
    }
    return fitter
  }

  private func listed(_ terms: [BinnedTerm]) -> String { listed(terms.map(\.fitted)) }

  private func listed(_ terms: [FittedTerm]) -> String {
    terms.isEmpty
      ? "none" : terms.map { "\($0.name) of \($0.count) weights" }.joined(separator: ", ")
  }
}

extension CoupledFitter {
  /// A recording as this fitter sees it, once it is certain that the fit may speak of it.
  func problem(
    of fit: CoupledFit, _ spikes: BinnedSpikes, segments: [Range<Int>]?
  ) throws(SpikingError) -> CoupledProblem<InverseLink, EmissionModel> {
    guard spikes.neuronCount == fit.neuronCount else {
      throw SpikingError(
        .invalidData, "recording", found: "\(spikes.neuronCount) neurons",
        expected: "\(fit.neuronCount), as many as the fit has")
    }
    guard abs(spikes.dt - fit.dt) <= 1e-9 * fit.dt else {
      throw SpikingError(
        .invalidData, "recording", found: "bins of \(spikes.dt) ms",
        expected: "bins of \(fit.dt) ms, as those of the fit")
    }
    return try CoupledProblem(self, spikes, segments: segments, isFitted: false)
  }
}

/// A recording of which fits say something, whatever their nonlinearity and emission.
protocol PredictingProblem: Sendable {
  func prediction(_ fit: NeuronFit, trainingBins: Int) throws -> CoupledPrediction
  func rates(
    of fit: NeuronFit, in whole: CoupledFit, grids: [TermGrid], binCount: Int
  ) throws -> RatePrediction
}

extension CoupledProblem: PredictingProblem {}
