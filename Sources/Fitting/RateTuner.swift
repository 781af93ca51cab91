public import SpikingFramework
internal import SpikingNumerics

/// Finds parameters with which networks fire at a given mean rate.
///
/// ```swift
/// let tuned = try await RateTuner(targetRate: 10).tune(
///   ["stimulus.amplitude"], of: BernoulliGLM(), networks: networks, stimuli: [stimulus], seed: 0)
/// print(tuned.rate.rate, "±", tuned.rate.standardError, "Hz with", tuned.values)
/// ```
///
/// One parameter is found by Brent's root finder, several by the simplex method, which stops at the
/// first point that will do: one rate does not tell several parameters. Every rate is simulated with
/// the same random numbers (common random numbers), so that rates differ by what the parameters do, not by
/// chance. Runs are lengthened until the standard error of the rate is as small as is asked for; what
/// is reported at the end is a run with fresh random numbers.
public struct RateTuner: Sendable {
  /// The mean rate of all neurons to reach, in Hz.
  public var targetRate: Double
  /// How small the standard error of the rate is to be, relative to the target.
  public var relativeError: Double
  /// The bins of the first runs; where their standard error is too large, runs are lengthened.
  public var steps: Int
  /// The bins before them, without stimuli.
  public var equilibration: Int
  /// The most bins of a run.
  public var maximumSteps: Int
  /// The most runs.
  public var maximumRuns: Int

  /// A tuner to a rate in Hz; by default to a standard error of 0.3%.
  public init(
    targetRate: Double, relativeError: Double = 0.003, steps: Int = 2000, equilibration: Int = 100,
    maximumSteps: Int = 10_000_000, maximumRuns: Int = 200
  ) {
    self.targetRate = targetRate
    self.relativeError = relativeError
    self.steps = steps
    self.equilibration = equilibration
    self.maximumSteps = maximumSteps
    self.maximumRuns = maximumRuns
  }

  /// Tunes some parameters of a model and of its stimuli.
  ///
  /// - Parameters:
  ///   - names: the parameters: "theta" for the model's, "stimulus.amplitude" for the stimulus'
  ///     ("stimulus1.…", "stimulus2.…" where there are several).
  ///   - model: the model, whose parameters are where the search starts.
  ///   - networks: the networks, over which the rate is averaged.
  ///   - stimuli: the stimuli, whose parameters are tuned as well.
  ///   - seed: what all random numbers derive from.
  ///   - threads: how many threads run at the same time; all cores by default.
  ///   - progress: is told the number of each run, its parameters and its rate.
  /// - Throws: `unknownName` or `invalidParameter` about a name, a setting, or where the rate cannot be
  ///   reached by one parameter within its bounds; whatever a run throws but for `runaway`, which
  ///   counts as a rate that is too high.
  public func tune<Model: SpikingModel>(
    _ names: [String], of model: Model, networks: [Connectivity],
    stimuli: [TargetedStimulus] = [], seed: UInt64, threads: Int? = nil,
    progress: (@Sendable (_ run: Int, _ values: [Double], _ rate: RateEstimate) -> Void)? = nil
  ) async throws -> TunedRate<Model> {
    try validate()
    let parameters = try TunedParameters(names, of: model, stimuli: stimuli)
    var search = RateSearch(
      tuner: self, parameters: parameters, networks: networks, seed: seed, threads: threads,
      progress: progress)
    let before = try await search.rate(at: parameters.values, fresh: true)
    var values = parameters.values
    var isRough = true
    repeat {
      values = try await search.improve(from: values, isRough: isRough)
      isRough = false
    } while try await search.lengthen(at: values)
    let found = try parameters.with(values)
    return TunedRate(
      model: found.model, stimuli: found.stimuli, names: names, initialValues: parameters.values,
      values: values, targetRate: targetRate, initialRate: before,
      rate: try await search.rate(at: values, fresh: true), steps: search.steps,
      runs: search.runs, seed: seed)
  }

  private func validate() throws(SpikingError) {
    func check(_ isRight: Bool, _ name: String, _ found: some Any, _ expected: String)
      throws(SpikingError)
    {
      if isRight { return }
      throw SpikingError(.invalidParameter, "RateTuner.\(name)", found: found, expected: expected)
    }
    try check(
      targetRate > 0 && targetRate.isFinite, "targetRate", targetRate, "a positive rate in Hz")
    try check(
      relativeError > 0 && relativeError < 1, "relativeError", relativeError,
      "a fraction between 0 and 1")
    let limit = SpikeTrains.maximumBinCount
    try check(1...limit ~= steps, "steps", steps, "1 to \(limit)")
    try check(
      steps...max(limit, steps) ~= maximumSteps, "maximumSteps", maximumSteps,
      "\(steps) to \(limit)")
    try check(maximumRuns >= 1, "maximumRuns", maximumRuns, "at least 1")
  }
}

/// What a tuning reached.
public struct TunedRate<Model: SpikingModel>: Sendable {
  /// The model with its tuned parameters.
  public let model: Model
  /// The stimuli with theirs.
  public let stimuli: [TargetedStimulus]
  /// The names of the tuned parameters.
  public let names: [String]
  /// Where they started.
  public let initialValues: [Double]
  /// Where they are.
  public let values: [Double]
  /// The rate that was asked for, in Hz.
  public let targetRate: Double
  /// The rate before, in a first and short run.
  public let initialRate: RateEstimate
  /// The rate after, in a run with random numbers of its own.
  public let rate: RateEstimate
  /// The bins of the last runs.
  public let steps: Int
  /// How many runs it took.
  public let runs: Int
  /// What the random numbers derived from.
  public let seed: UInt64

  /// Whether the rate lies within three standard errors of the target, two runs' chance included;
  /// networks that are silent have not reached any.
  public var hasReachedTarget: Bool {
    rate.rate > 0 && abs(rate.rate - targetRate) <= 3 * 2.0.squareRoot() * rate.standardError
  }
}
