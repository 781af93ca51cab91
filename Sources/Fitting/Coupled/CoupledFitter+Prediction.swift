public import SpikingFramework

/// What a fit says of one neuron in a recording, which may be another than it was fitted to.
public struct CoupledPrediction: Hashable, Sendable {
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

extension CoupledFitter {
  /// What a fit says of a recording, spike by spike: the prediction of every bin is made from all spikes
  /// before it.
  ///
  /// - Parameters:
  ///   - fit: a fit of this fitter.
  ///   - spikes: the recording, with the neurons and bins of that of the fit. The stimuli of this fitter
  ///     are those of this recording.
  ///   - segments: the bins of each trial; one by default.
  ///   - neurons: which neurons; those of the fit by default.
  ///   - threads: how many neurons at the same time; as many as there are cores by default.
  /// - Throws: `invalidData` where the recording, or the fitter, is another one, or spikes cannot occur;
  ///   `exceedsMemory`; `CancellationError`.
  /// - Complexity: O(bins + spikes · window) for each neuron.
  public func predictions(
    of fit: CoupledFit, for spikes: BinnedSpikes, segments: [Range<Int>]? = nil,
    neurons: [Int]? = nil, threads: Int? = nil
  ) async throws -> [CoupledPrediction] {
    try await mapPredictions(
      of: fit, for: spikes, segments: segments, neurons: neurons, threads: threads
    ) { $0 }
  }

  /// What a function makes of the prediction of each neuron, such as its goodness. Only as many predictions as
  /// there are threads are in memory: each has four numbers for every bin.
  ///
  /// - Parameter transform: the function; the other parameters are those of `predictions`.
  /// - Throws: as `predictions`, and what the function throws.
  public func mapPredictions<Value: Sendable>(
    of fit: CoupledFit, for spikes: BinnedSpikes, segments: [Range<Int>]? = nil,
    neurons: [Int]? = nil, threads: Int? = nil,
    _ transform: @escaping @Sendable (CoupledPrediction) throws -> Value
  ) async throws -> [Value] {
    let problem = try problem(of: fit, spikes, segments: segments)
    let fits = fit.neurons.filter { neurons?.contains($0.neuron) ?? true }
    try problem.bins.requirePossibleCounts(of: spikes, emission, neurons: fits.map(\.neuron))
    return try await concurrentMap(fits, threads: threads ?? Self.coreCount) { neuron in
      try Task.checkCancellation()
      return try transform(problem.prediction(neuron, trainingBins: fit.binsUsed))
    }
  }

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
    let problem = try CoupledProblem(self, spikes, segments: segments, isFitted: false)
    guard problem.history == fit.history, problem.coupling == fit.coupling,
      problem.stimuli == fit.stimuli
    else {
      throw SpikingError(
        .invalidData, "fit", found: "other bases than those of the fitter",
        expected: "a fit of this fitter, with its history, coupling and stimuli")
    }
    return problem
  }
}
