public import SpikingFramework

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
/// chance. Runs are lengthened, or repeated where their length is given, until the standard error of the
/// rate is as small as is asked for, and until they are long against the correlation time of the activity,
/// without which it means nothing; what is reported at the end has random numbers of its own.
public struct RateTuner: Sendable {
  /// The mean rate of all neurons to reach, in Hz.
  public var targetRate: Double
  /// How small the standard error of the rate is to be, relative to the target.
  public var relativeError: Double
  /// The bins over which the rate is counted, in as many runs as it takes; nil for runs that are as long
  /// as it takes. A stimulus that ends, or that changes slowly, wants a length of its own.
  public var steps: Int?
  /// The bins before them, without stimuli; nil for as many as activity takes to forget its beginning.
  public var equilibration: Int?
  /// The most bins of a run, or of all runs of one length. A thousand million of a few neurons take a
  /// minute or two.
  public var maximumSteps: Int
  /// The most runs.
  public var maximumRuns: Int

  /// A tuner to a rate in Hz; by default to a standard error of 0.3%.
  public init(
    targetRate: Double, relativeError: Double = 0.003, steps: Int? = nil,
    equilibration: Int? = nil, maximumSteps: Int = 1_000_000_000, maximumRuns: Int = 200
  ) {
    self.targetRate = targetRate
    self.relativeError = relativeError
    self.steps = steps
    self.equilibration = equilibration
    self.maximumSteps = maximumSteps
    self.maximumRuns = maximumRuns
  }

  /// The bins of the first runs where no length is given.
  static let firstSteps = 2000
  /// The bins before the first runs where no number is given.
  static let firstEquilibration = 100

  /// Tunes some parameters of a model and of its stimuli.
  ///
  /// - Parameters:
  ///   - names: the parameters: "theta" for the model's, "stimulus.amplitude" for the stimulus'
  ///     ("stimulus1.…", "stimulus2.…" where there are several).
  ///   - model: the model, whose parameters are where the search starts.
  ///   - networks: the networks, over which the rate is averaged.
  ///   - stimuli: the stimuli, whose parameters are tuned as well.
  ///   - seed: what all random numbers derive from.
  ///   - execution: the number of threads. The number of runs is not known beforehand: no progress is reported.
  ///   - report: receives the number of each run, its parameters and its rate.
  /// - Throws: `unknownName` or `invalidParameter` about a name, a setting, or where the rate cannot be
  ///   reached by one parameter within its bounds; whatever a run throws but for `runaway`, which
  ///   counts as a rate that is too high.
  public func tune<Model: SpikingModel>(
    _ names: [String], of model: Model, networks: [Connectivity],
    stimuli: [TargetedStimulus] = [], seed: UInt64, execution: Execution = Execution(),
    report: (@Sendable (_ run: Int, _ values: [Double], _ rate: RateEstimate) -> Void)? = nil
  ) async throws -> TunedRate<Model> {
    try validate()
    let parameters = try PackedParameters(names, of: model, stimuli: stimuli)
    var search = RateSearch(
      tuner: self, parameters: parameters, networks: networks, seed: seed,
      threads: execution.threads,
      report: report)
    let before = try await search.rate(at: parameters.values, fresh: true)
    var values = parameters.values
    var isRough = true
    var rate: RateEstimate
    repeat {
      repeat {
        values = try await search.improve(from: values, isRough: isRough)
        isRough = false
      } while search.lengthen(for: try await search.rate(at: values))
      rate = try await search.rate(at: values, fresh: true)
    } while search.lengthen(for: rate, slack: Self.slack) || search.doubt(rate)
    let found = try parameters.with(values)
    return TunedRate(
      model: found.model, stimuli: found.stimuli, names: names, initialValues: parameters.values,
      values: values, targetRate: targetRate, relativeError: relativeError, initialRate: before,
      rate: rate, steps: search.steps, repetitions: search.repetitions,
      equilibration: search.equilibration, runs: search.runs, seed: seed)
  }

  /// How much larger a standard error may turn out than was asked for.
  static let slack = 1.25

  /// Whether a rate of fresh runs is known to a tenth of the target at least, and is within three standard
  /// errors of it, two runs' chance included.
  func isReached(by rate: RateEstimate) -> Bool {
    // How near the search has to come.
    let tolerance = 0.25 * max(relativeError * targetRate, rate.standardError)
    return rate.standardError <= max(0.1, Self.slack * relativeError) * targetRate
      && abs(rate.rate - targetRate) <= 3 * 2.0.squareRoot() * rate.standardError + tolerance
  }

  private func validate() throws(SpikingError) {
    func check(_ isRight: Bool, _ name: String, _ found: some Any, _ expected: String)
      throws(SpikingError)
    {
      if isRight { return }
      throw SpikingError(.invalidParameter, "RateTuner.\(name)", found: found, expected: expected)
    }
    try check(
      targetRate > 0 && targetRate < 2000, "targetRate", targetRate,
      "a rate above 0 and below 2000 Hz, beyond which networks run away")
    try check(
      relativeError > 0 && relativeError < 1, "relativeError", relativeError,
      "a fraction between 0 and 1")
    let limit = BinnedSpikes.maximumBinCount
    let first = steps ?? Self.firstSteps
    try check(1...limit ~= first, "steps", first, "1 to \(limit)")
    try check(
      first...max(limit, first) ~= maximumSteps, "maximumSteps", maximumSteps,
      "\(first) to \(limit)")
    if let equilibration {
      try check(0...limit ~= equilibration, "equilibration", equilibration, "0 to \(limit)")
    }
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
  /// The standard error that was asked for, relative to the target.
  public let relativeError: Double
  /// The rate before, in a first and short run.
  public let initialRate: RateEstimate
  /// The rate after, in a run with random numbers of its own.
  public let rate: RateEstimate
  /// The bins of the last runs.
  public let steps: Int
  /// How many of them made a rate.
  public let repetitions: Int
  /// The bins before each of them.
  public let equilibration: Int
  /// How many rates were simulated.
  public let runs: Int
  /// What the random numbers derived from.
  public let seed: UInt64

  /// Whether the rate is known to a tenth of the target at least, and is within three standard errors
  /// of it, two runs' chance included. How well it is known is another question: `isPrecise`.
  public var hasReachedTarget: Bool {
    RateTuner(targetRate: targetRate, relativeError: relativeError).isReached(by: rate)
  }

  /// Whether the standard error is about as small as was asked for. Where it is not, the most bins or
  /// runs were not enough.
  public var isPrecise: Bool {
    rate.standardError <= RateTuner.slack * relativeError * targetRate
  }
}
