internal import SpikingFramework

/// A tuning in progress: rates of runs with the same random numbers.
struct RateSearch<Model: SpikingModel> {
  let tuner: RateTuner
  let parameters: TunedParameters<Model>
  let networks: [Connectivity]
  let seed: UInt64
  let threads: Int?
  let progress: (@Sendable (Int, [Double], RateEstimate) -> Void)?

  /// The bins of a run.
  private(set) var steps: Int
  /// How many runs make a rate, each with its own random numbers.
  private(set) var repetitions = 1
  /// How many rates were simulated.
  private(set) var runs = 0
  /// The rates of this length: a solver asks for the ends of its bracket again.
  private var known: [[Double]: RateEstimate] = [:]

  init(
    tuner: RateTuner, parameters: TunedParameters<Model>, networks: [Connectivity], seed: UInt64,
    threads: Int?, progress: (@Sendable (Int, [Double], RateEstimate) -> Void)?
  ) {
    self.tuner = tuner
    self.parameters = parameters
    self.networks = networks
    self.seed = seed
    self.threads = threads
    self.progress = progress
    steps = tuner.steps ?? RateTuner.firstSteps
  }

  /// The rate at some values, with the random numbers of all runs or with fresh ones.
  mutating func rate(at values: [Double], fresh: Bool = false) async throws -> RateEstimate {
    if !fresh, let rate = known[values] { return rate }
    let changed = try parameters.with(values)
    runs += 1
    let random = RandomSource(seed: seed)[fresh ? "fresh" : "common"]
    var rates: [RateEstimate] = []
    do {
      for repetition in 0..<repetitions {
        rates.append(
          RateEstimate(
            try await Simulator(changed.model).run(
              networks, steps: steps, equilibration: tuner.equilibration, stimuli: changed.stimuli,
              seed: random["\(repetition)"].key, threads: threads)))
      }
    } catch let error as SpikingError where error.code == .runaway {
      rates = [.runaway]
    }
    let rate = RateEstimate(mean: rates)
    if !fresh { known[values] = rate }
    progress?(runs, values, rate)
    return rate
  }

  /// Whether the model and the stimuli can have some values together; the domain of each is kept.
  func allows(_ values: [Double]) -> Bool {
    do {
      let changed = try parameters.with(values)
      try changed.model.validate()
      for stimulus in changed.stimuli { try stimulus.stimulus.validate() }
      return true
    } catch { return false }
  }

  /// Lengthens the runs where the standard error is larger than what is asked for, or repeats them more
  /// often where their length is given.
  ///
  /// - Returns: whether there is more of them now.
  mutating func lengthen(at values: [Double]) async throws -> Bool {
    let error = try await rate(at: values).standardError / tuner.targetRate
    let limit = tuner.maximumSteps / (tuner.steps == nil ? 1 : steps)
    let length = tuner.steps == nil ? steps : repetitions
    guard error > tuner.relativeError, length < limit, runs < tuner.maximumRuns else {
      return false
    }
    // Errors fall with the square root of the length; a tenth more for the error of the error.
    let factor = min(1.1 * error * error / (tuner.relativeError * tuner.relativeError), 100)
    let longer = min(max(Int(Double(length) * max(factor, 1.2)), length + 1), limit)
    if tuner.steps == nil { steps = longer } else { repetitions = longer }
    known = [:]
    return true
  }

  /// Better values, near those of shorter runs unless these were only a guess.
  mutating func improve(from values: [Double], isRough: Bool) async throws -> [Double] {
    let rate = try await rate(at: values)
    // As near as runs of this length can tell.
    let tolerance = 0.25 * max(rate.standardError, tuner.relativeError * tuner.targetRate)
    if abs(rate.rate - tuner.targetRate) <= tolerance { return values }
    return values.count == 1
      ? try await root(from: values[0], to: tolerance, isRough: isRough)
      : try await minimum(from: values, to: tolerance, isRough: isRough)
  }
}
