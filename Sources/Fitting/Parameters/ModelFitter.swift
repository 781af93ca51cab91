public import SpikingFramework
internal import SpikingNumerics

/// Estimates parameters of a model from recorded spikes by maximum likelihood.
///
/// ```swift
/// let fitted = try await ModelFitter().fit(
///   ["theta", "alpha", "r"], of: BernoulliGLM(), to: spikes, networks: networks)
/// print(fitted.values, "±", fitted.standardErrors)
/// ```
///
/// Parameters are those that the model declares, so that every cascade can be fitted, and every other
/// `LikelihoodModel`. They are moved without bounds: the logarithm of the distance from a bound, or the
/// logit between two, takes their place; and in units of the curvature of the likelihood, so that the
/// methods below need few steps. (Paninski 2004, Network 15:243; Truccolo et al. 2005, J Neurophysiol
/// 93:1074.)
public struct ModelFitter: Sendable {
  /// How the maximum is looked for.
  public enum Method: String, CaseIterable, Sendable {
    /// Broyden, Fletcher, Goldfarb and Shanno's.
    case bfgs
    /// Conjugate gradients of Polak and Ribière.
    case conjugateGradient
    /// Along the gradient itself.
    case steepestDescent
    /// Nelder and Mead's, without derivatives.
    case simplex
    /// Brent's, without derivatives, for a single parameter.
    case brent

    /// Whether it moves along derivatives.
    var usesGradients: Bool { self != .simplex && self != .brent }
  }

  /// How the maximum is looked for.
  public var method: Method
  /// How near the maximum is near enough: the norm of the gradient in coordinates in which the
  /// information is the unit matrix, which is the distance in standard errors.
  public var tolerance: Double
  /// The most steps of a method.
  public var maximumIterations: Int

  /// A fitter; by default by BFGS, to a hundred-thousandth of a standard error.
  public init(method: Method = .bfgs, tolerance: Double = 1e-5, maximumIterations: Int = 1000) {
    self.method = method
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// Fits some parameters of a model, of its stimuli, and the weights of its networks.
  ///
  /// - Parameters:
  ///   - names: the parameters, real numbers: "theta" for the model's, "stimulus.amplitude" for the
  ///     stimulus' ("stimulus1.…", "stimulus2.…" where there are several), and "weights" for those of
  ///     all synapses there are, up to 1000.
  ///   - model: the model, whose parameters are where the search starts.
  ///   - spikes: the spikes of all networks.
  ///   - networks: the networks.
  ///   - stimuli: the stimuli that acted on them.
  ///   - firstBin: the first bin of the likelihood; nil for the first whose history is complete, where
  ///     the model knows how long a spike acts, else 0.
  ///   - execution: the number of threads. The number of evaluations is not known beforehand: no progress is
  ///     reported.
  ///   - report: receives the number and the log-likelihood of each evaluation.
  /// - Throws: `unknownName` or `invalidParameter` about a name or a setting, or where the spikes do not
  ///   tell parameters: those without effect, or of which only a combination matters, or whose
  ///   likelihood is largest at a bound, are named; `invalidData` where spikes and networks do not fit
  ///   or the spikes cannot occur; `CancellationError` when the task is cancelled.
  /// - Complexity: some ten gradients, each O(bins × (neurons × parameters + synapses fitted) + spikes
  ///   × fan-out), and two for each parameter.
  public func fit<Model: LikelihoodModel>(
    _ names: [String], of model: Model, to spikes: BinnedSpikes, networks: [Connectivity],
    stimuli: [TargetedStimulus] = [], from firstBin: Int? = nil, execution: Execution = Execution(),
    report: (@Sendable (_ evaluation: Int, _ logLikelihood: Double) -> Void)? = nil
  ) async throws -> FittedModel<Model> {
    try validate()
    try model.validate()
    let replay = try SpikeReplay(
      of: spikes, networks: networks, from: firstBin, execution: execution)
    let parameters = try FittedParameters(names, of: model, networks: networks, stimuli: stimuli)
    guard method != .brent || parameters.names.count == 1 else {
      throw SpikingError(
        .invalidParameter, "ModelFitter.method", found: "brent for \(parameters.names.count)",
        expected: "a single parameter")
    }
    var search = LikelihoodSearch(
      self, try LikelihoodFunction(parameters, replay), report: report)
    let found = try await search.maximum()
    let result = try parameters.point(found.values, derivatives: false)
    let neurons = networks.reduce(0) { $0 + $1.neuronCount }
    return FittedModel(
      model: result.model, networks: try parameters.networks(found.values),
      stimuli: result.stimuli, names: parameters.names, initialValues: parameters.initialValues,
      values: found.values, covariance: found.covariance,
      initialLogLikelihood: found.initialLogLikelihood, logLikelihood: found.logLikelihood,
      observationCount: neurons * (replay.binCount - replay.firstBin(for: result.model)),
      gradientNorm: found.gradientNorm, iterations: found.iterations,
      evaluations: search.evaluations, reason: found.reason)
  }

  private func validate() throws(SpikingError) {
    guard tolerance > 0, tolerance <= 0.1 else {
      throw SpikingError(
        .invalidParameter, "ModelFitter.tolerance", found: tolerance, expected: "above 0, up to 0.1"
      )
    }
    guard maximumIterations >= 1 else {
      throw SpikingError(
        .invalidParameter, "ModelFitter.maximumIterations", found: maximumIterations,
        expected: "at least 1")
    }
  }
}
