public import SpikingAnalysis
public import SpikingFramework

extension CoupledPrediction {
  /// What time rescaling needs of the prediction.
  ///
  /// ```swift
  /// let predictions = try await fitter.predictions(of: fit, for: spikes)
  /// let intervals = try predictions.map { TimeRescaling().analyze(try $0.spikes()) }
  /// ```
  ///
  /// - Parameter events: what makes an interval end: by default a bin with spikes, which is right for every
  ///   emission. `poissonSpikes`, which looks at each spike of a bin, is right under a `PoissonEmission`.
  /// - Throws: `invalidData` where a bin has no intensity, as that of a mean that the emission cannot have.
  /// - Complexity: O(bins).
  public func spikes(
    _ events: PredictedSpikes.Events = .occupiedBins
  ) throws(SpikingError) -> PredictedSpikes {
    try PredictedSpikes(
      neuron: neuron, intensities: intensities, counts: counts, events: events,
      segmentStarts: segmentStarts)
  }

  /// How well the fit predicts these bins: bits per spike, deviance and so on.
  ///
  /// Akaike's and the Bayesian criterion, which count the coefficients of the fit, are of no use for spikes
  /// that were not fitted.
  ///
  /// - Throws: `invalidData` where a likelihood is not a number.
  /// - Complexity: O(bins).
  public func goodness() throws(SpikingError) -> GoodnessOfFit {
    try GoodnessOfFit(
      logLikelihood: logLikelihood, nullLogLikelihood: nullLogLikelihood,
      saturatedLogLikelihood: saturatedLogLikelihood, spikeCount: spikeCount,
      binCount: counts.count, parameterCount: freeCount)
  }

  /// The number of spikes in the bins that were evaluated.
  public var spikeCount: Int { counts.reduce(0, +) }
}
