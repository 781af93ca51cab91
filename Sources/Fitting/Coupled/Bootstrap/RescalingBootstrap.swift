public import SpikingAnalysis
public import SpikingFramework

/// How far from uniform the rescaled intervals of a right model are whose coefficients are not known but
/// fitted: the distances of Kolmogorov and Smirnov of simulated data, by parametric bootstrap. (Efron and
/// Tibshirani 1993, An Introduction to the Bootstrap, §6.5; Stute, Gonzáles Manteiga and Presedo Quindimil
/// 1993, Metrika 40:243.)
///
/// ```swift
/// let references = try await RescalingBootstrap().references(of: fit, for: spikes)
/// let predictions = try await fit.predictions(for: spikes)
/// for (prediction, reference) in zip(predictions, references) {
///   let result = TimeRescaling(gaps: .joined).analyze(try prediction.spikes())
///   print(result.compared(with: reference).pValue ?? 1)
/// }
/// ```
///
/// The null hypothesis is that the model is right, with coefficients near those of the fit. Each sample is
/// made from the fitted coefficients: the neuron is simulated, given the recorded spikes of all others and
/// the stimuli; it is fitted again, with the ridge of the fit; and what was simulated is rescaled by the
/// new coefficients. In data of its own a fit is nearer to uniform than any that was not fitted, in others
/// it is farther.
public struct RescalingBootstrap: Hashable, Sendable {
  /// Which spikes are rescaled.
  public enum Data: Hashable, Sendable {
    /// Those of the fit itself: each sample is fitted and rescaled.
    case own
    /// Others: each sample is fitted to one simulation, with as many bins as the fit had, and rescales
    /// another one. The bins of the first are those of the recording, again and again where it is short:
    /// covariates and the activity of other neurons are taken to have been alike.
    case heldOut
  }

  /// How many samples.
  public var samples: Int
  /// Which spikes are rescaled.
  public var data: Data
  /// What ends an interval, as in the test that is compared.
  public var events: PredictedSpikes.Events
  /// What random numbers derive from.
  public var seed: UInt64

  /// By default 200 samples of held-out data.
  public init(
    samples: Int = 200, data: Data = .heldOut, events: PredictedSpikes.Events = .occupiedBins,
    seed: UInt64 = 0
  ) {
    self.samples = samples
    self.data = data
    self.events = events
    self.seed = seed
  }

  /// For each neuron of a fit √n D of every sample, n the number of its intervals, ascending; none where
  /// the neuron has no spikes, or a simulation of it runs away.
  ///
  /// - Parameters:
  ///   - fit: a fit, without lasso.
  ///   - spikes: the recording that is tested.
  ///   - stimuli: for each stimulus of the fit a value for each bin of this recording.
  ///   - offsets: what is known of the drive, for each neuron a value for each bin; empty for nothing.
  ///   - terms: the other terms of the fit in this recording.
  ///   - segments: the bins of each trial; one by default.
  ///   - execution: the number of threads, each of which treats a neuron.
  /// - Throws: `invalidParameter` for a lasso or less than one sample, `invalidData` where the recording is
  ///   another one, `CancellationError`.
  /// - Complexity: for each neuron and sample O(bins of the recording and of the fit) to simulate, and some
  ///   five evaluations of the likelihood to fit.
  public func references(
    of fit: CoupledFit, for spikes: BinnedSpikes, stimuli: [[Double]] = [],
    offsets: [[Double]] = [], terms: [BinnedTerm] = [], segments: [Range<Int>]? = nil,
    execution: Execution = Execution()
  ) async throws -> [[Double]] {
    guard samples >= 1 else {
      throw SpikingError(
        .invalidParameter, "RescalingBootstrap.samples", found: samples, expected: "at least 1")
    }
    guard !fit.isSparse else {
      throw SpikingError(
        .invalidParameter, "RescalingBootstrap", found: "a fit under a lasso",
        expected: "one without. Fit its couplings again, with a mask")
    }
    func references(
      _ nonlinearity: some Nonlinearity, _ emission: some Emission
    ) async throws -> [[Double]] {
      try await self.references(
        of: fit,
        by: fit.fitter(nonlinearity, emission, stimuli: stimuli, offsets: offsets, terms: terms),
        for: spikes, segments: segments, execution: execution)
    }
    return try await references(fit.nonlinearity, fit.emission)
  }

  private func references<InverseLink, EmissionModel>(
    of fit: CoupledFit, by fitter: CoupledFitter<InverseLink, EmissionModel>,
    for spikes: BinnedSpikes, segments: [Range<Int>]?, execution: Execution
  ) async throws -> [[Double]] {
    let bins = try fitter.problem(of: fit, spikes, segments: segments).bins
    let recording = RepeatedRecording(fitter, spikes, bins, window: fit.window)
    let training =
      data == .own
      ? recording
      : RepeatedRecording(fitter, spikes, bins, window: fit.window, binsUsed: fit.binsUsed)
    let report = ProgressCount(of: fit.neurons.count * samples, execution.progress)
    return try await concurrentMap(fit.neurons, threads: execution.threadCount()) { neuron in
      guard neuron.spikeCount > 0 else { return [] }
      let simulated = try SimulatedFit(
        neuron, of: fit, recording: recording, training: training)
      var statistics: [Double] = []
      for sample in 0..<samples {
        try Task.checkCancellation()
        defer { report.add() }
        guard let statistic = try statistic(of: simulated, sample) else { return [] }
        statistics.append(statistic)
      }
      return statistics.sorted()
    }
  }

  /// √n D of a sample; nil where a simulation runs away.
  private func statistic<InverseLink, EmissionModel>(
    of fit: SimulatedFit<InverseLink, EmissionModel>, _ sample: Int
  ) throws -> Double? {
    let random = RandomSource(seed: seed)["time rescaling, bootstrap"]
    var stream = random["fitted"].stream(fit.neuron, at: sample)
    guard let fitted = fit.simulated(fit.training, using: &stream) else { return nil }
    var tested = fitted
    if data == .heldOut {
      var stream = random["tested"].stream(fit.neuron, at: sample)
      guard let other = fit.simulated(fit.recording, using: &stream) else { return nil }
      tested = other
    }
    let coefficients = try fit.refitted(to: fitted)
    let prediction = try PredictedSpikes(
      neuron: fit.neuron, intensities: try fit.intensities(of: tested, coefficients),
      counts: tested.evaluated, events: events)
    let result = TimeRescaling(seed: random["\(sample)"].key, gaps: .joined).analyze(prediction)
    return Double(result.count).squareRoot() * (result.distance ?? 0)
  }
}

extension CoupledFit {
  /// How many bins at the beginning of a trial are not evaluated.
  fileprivate var window: Int {
    max(
      history?.window ?? 0, coupling?.window ?? 0, stimuli.map { $0.window - 1 }.max() ?? 0)
  }

  /// Whether a prediction is of the very spikes that were fitted.
  public func isFitted(to prediction: CoupledPrediction) -> Bool {
    guard let fit = self[prediction.neuron] else { return false }
    return prediction.counts.count == binsUsed && prediction.spikeCount == fit.spikeCount
      && abs(prediction.logLikelihood - fit.logLikelihood)
        <= 1e-6 * max(1, fit.logLikelihood.magnitude)
  }
}
