internal import SpikingFramework

/// A tuning in report: rates of runs with the same random numbers.
struct RateSearch<Model: SpikingModel> {
  let tuner: RateTuner
  let parameters: PackedParameters<Model>
  let networks: [Connectivity]
  let seed: UInt64
  let threads: Int?
  let report: (@Sendable (Int, [Double], RateEstimate) -> Void)?

  /// The bins of a run.
  private(set) var steps: Int
  /// How many runs make a rate, each with its own random numbers.
  private(set) var repetitions = 1
  /// The bins before each of them.
  private(set) var equilibration: Int
  /// How many rates were simulated.
  private(set) var runs = 0
  /// How often fresh runs did not agree.
  private var doubts = 0
  /// The rates of this length: a solver asks for the ends of its bracket again.
  private var known: [[Double]: RateEstimate] = [:]

  init(
    tuner: RateTuner, parameters: PackedParameters<Model>, networks: [Connectivity], seed: UInt64,
    threads: Int?, report: (@Sendable (Int, [Double], RateEstimate) -> Void)?
  ) {
    self.tuner = tuner
    self.parameters = parameters
    self.networks = networks
    self.seed = seed
    self.threads = threads
    self.report = report
    steps = tuner.steps ?? RateTuner.firstSteps
    equilibration = tuner.equilibration ?? RateTuner.firstEquilibration
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
        // A target beyond the guard's bound raises the bound.
        var simulator = Simulator(changed.model)
        simulator.maximumRate = max(simulator.maximumRate, 2 * tuner.targetRate)
        var simulation = try simulator.start(
          networks, equilibration: equilibration, stimuli: changed.stimuli,
          seed: random["\(repetition)"].key, execution: .init(threads: threads))
        var counts = WindowCounts(
          networkOffsets: simulation.networkOffsets, binCount: steps)
        try await simulation.advance(to: steps) { counts.add($0) }
        rates.append(counts.rate(dt: changed.model.dt))
      }
    } catch let error as SpikingError where error.code == .runaway {
      rates = [.runaway]
    }
    let rate = RateEstimate(mean: rates)
    if !fresh { known[values] = rate }
    report?(runs, values, rate)
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

  /// Lengthens the runs, or repeats them more often where their length is given, where a rate is not
  /// known as well as is asked for, or its standard error is not; and what is before them, where
  /// activity had not forgotten its beginning.
  ///
  /// - Parameters:
  ///   - rate: the rate of runs as they are.
  ///   - slack: how much larger its standard error may be.
  /// - Returns: whether there is more of them now.
  mutating func lengthen(for rate: RateEstimate, slack: Double = 1) -> Bool {
    guard runs < tuner.maximumRuns else { return false }
    let isFree = tuner.steps == nil
    let length = isFree ? steps : repetitions
    let limit = max(tuner.maximumSteps / (isFree ? 1 : steps), length)
    let error = rate.standardError / (tuner.relativeError * tuner.targetRate)
    // Errors fall with the square root of the length; a tenth more for the error of the error.
    let wanted = max(error > slack ? 1.1 * error * error : 0, reliability(of: rate))
    let longer = wanted > 1 && length < limit
    let memory = Int(
      saturating: min(rate.memory, Double(BinnedSpikes.maximumBinCount)).rounded(.up))
    let isFresh = tuner.equilibration != nil || 2 * memory <= 3 * equilibration
    guard longer || !isFresh else { return false }
    if longer { lengthen(by: max(wanted, 1.2), to: limit) }
    if tuner.equilibration == nil { equilibration = max(equilibration, memory) }
    known = [:]
    return true
  }

  /// Lengthens runs in which the target was reached and fresh ones in which it was not: either of them
  /// was off by a rare chance.
  ///
  /// - Returns: whether there is more of them now.
  mutating func doubt(_ rate: RateEstimate) -> Bool {
    let isFree = tuner.steps == nil
    let limit = tuner.maximumSteps / (isFree ? 1 : steps)
    guard doubts < 2, !tuner.isReached(by: rate), runs < tuner.maximumRuns,
      (isFree ? steps : repetitions) < limit
    else { return false }
    doubts += 1
    lengthen(by: 4, to: limit)
    return true
  }

  private mutating func lengthen(by factor: Double, to limit: Int) {
    let length = tuner.steps == nil ? steps : repetitions
    let factor = min(factor, Self.largestFactor)
    let more = min(max(Int(saturating: Double(length) * factor), length + 1), limit)
    if tuner.steps == nil { steps = more } else { repetitions = more }
    // Windows of longer runs are longer, and so is the shortest memory that they see.
    if tuner.equilibration == nil { equilibration = max(equilibration, steps / 50) }
    known = [:]
  }

  /// How many times longer runs have to be for their standard errors to be believed: 80 times the
  /// correlation time, all networks together, and 20 times each of them. Repeated runs tell by their
  /// differences, however short they are.
  private func reliability(of rate: RateEstimate) -> Double {
    let times = rate.correlationTimes
    let factor = max(80 / (times * Double(networks.count)), 20 / times)
    guard factor > 1 else { return 0 }
    return tuner.steps == nil
      ? 1.1 * factor : Double(RateEstimate.runsThatTell) / Double(repetitions)
  }

  /// How many times longer runs become at once: what a short run says of its error may be wrong.
  private static var largestFactor: Double { 20 }

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
