internal import SpikingFramework
internal import SpikingNumerics

/// A tuning in progress: runs of one length with the same random numbers.
struct RateSearch<Model: SpikingModel> {
  let tuner: RateTuner
  let parameters: TunedParameters<Model>
  let networks: [Connectivity]
  let seed: UInt64
  let threads: Int?
  let progress: (@Sendable (Int, [Double], RateEstimate) -> Void)?

  /// The bins of a run.
  private(set) var steps: Int
  /// How many runs there were.
  private(set) var runs = 0
  /// The rates of this length: a solver asks for the ends of its bracket again.
  private var known: [[Double]: RateEstimate] = [:]

  /// Runs that ran away count as this fast.
  private static var runawayRate: Double { 1e4 }

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
    steps = tuner.steps
  }

  /// The rate at some values, with the random numbers of all runs or with fresh ones.
  mutating func rate(at values: [Double], fresh: Bool = false) async throws -> RateEstimate {
    if !fresh, let rate = known[values] { return rate }
    let changed = try parameters.with(values)
    runs += 1
    let rate: RateEstimate
    do {
      rate = RateEstimate(
        try await Simulator(changed.model).run(
          networks, steps: steps, equilibration: tuner.equilibration, stimuli: changed.stimuli,
          seed: fresh ? RandomSource(seed: seed)["fresh"].key : seed, threads: threads))
    } catch let error as SpikingError where error.code == .runaway {
      rate = RateEstimate(rate: Self.runawayRate, standardError: 0)
    }
    if !fresh { known[values] = rate }
    progress?(runs, values, rate)
    return rate
  }

  /// Lengthens the runs where the standard error is larger than what is asked for.
  ///
  /// - Returns: whether they are longer now.
  mutating func lengthen(at values: [Double]) async throws -> Bool {
    let error = try await rate(at: values).standardError / tuner.targetRate
    guard error > tuner.relativeError, steps < tuner.maximumSteps, runs < tuner.maximumRuns else {
      return false
    }
    // Errors fall with the square root of the length; a tenth more for the error of the error.
    let factor = min(1.1 * error * error / (tuner.relativeError * tuner.relativeError), 100)
    steps = min(Int(Double(steps) * max(factor, 1.2)), tuner.maximumSteps)
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

  private mutating func root(
    from start: Double, to tolerance: Double, isRough: Bool
  ) async throws -> [Double] {
    let domain = parameters.domains[0]
    let scale = max(abs(start), domain.typicalSize)
    let bracket = try await bracket(from: start, step: (isRough ? 0.1 : 0.01) * scale, in: domain)
    let limit = max(tuner.maximumRuns - runs, 1)
    let target = tuner.targetRate
    let root = try await solve { (value: Double) in
      try await rate(at: [value]).rate - target
    } with: { function in
      BrentRootFinder(tolerance: 1e-6, maximumIterations: limit).root(of: function, in: bracket) {
        abs($0) <= tolerance
      }
    }
    return [root?.position ?? start]
  }

  /// Two values of the parameter between which the rate passes the target.
  private mutating func bracket(
    from start: Double, step: Double, in domain: ParameterDomain
  ) async throws -> ClosedRange<Double> {
    let sign = try await rate(at: [start]).rate < tuner.targetRate
    // The last value on either side that is like the start, below and above it.
    var inner = [start, start]
    var isOpen = [true, true]
    var distance = step
    while isOpen.contains(true), runs < tuner.maximumRuns {
      for side in 0...1 where isOpen[side] {
        let wanted = start + (side == 0 ? -distance : distance)
        let value = domain.nearest(to: wanted)
        isOpen[side] = value == wanted && abs(distance) < 1e12
        if value == inner[side] { continue }
        if try await (rate(at: [value]).rate < tuner.targetRate) != sign {
          return min(inner[side], value)...max(inner[side], value)
        }
        inner[side] = value
      }
      distance *= 2
    }
    let rates = try await [rate(at: [inner[0]]).rate, rate(at: [inner[1]]).rate]
    throw SpikingError(
      .invalidParameter, parameters.names[0],
      found: "\(Float(rates[0])) Hz at \(inner[0]), \(Float(rates[1])) Hz at \(inner[1])",
      expected: "the target of \(tuner.targetRate) Hz between the two")
  }

  private mutating func minimum(
    from start: [Double], to tolerance: Double, isRough: Bool
  ) async throws -> [Double] {
    let domains = parameters.domains
    let sizes = zip(start, domains).map { (isRough ? 0.2 : 0.02) * max(abs($0), $1.typicalSize) }
    let limit = max(tuner.maximumRuns - runs, 1)
    let target = tuner.targetRate
    let accepted = tolerance / target * (tolerance / target)
    func inside(_ values: [Double]) -> [Double] { zip(domains, values).map { $0.nearest(to: $1) } }
    let minimum = try await solve { (values: [Double]) in
      // Beyond a bound the distance from it counts, in first steps, so that the search turns back.
      let inside = inside(values)
      let outside = zip(zip(values, inside), sizes).reduce(0) { sum, pair in
        let distance = (pair.0.0 - pair.0.1) / pair.1
        return sum + distance * distance
      }
      let deviation = try await rate(at: inside).rate / target - 1
      return deviation * deviation + outside
    } with: { function in
      SimplexMinimizer(tolerance: 1e-6, maximumIterations: limit).minimize(
        function, from: start, steps: sizes
      ) { $0 <= accepted }
    }
    return inside(minimum?.position ?? start)
  }
}

extension ParameterDomain {
  /// The size of a change that can matter: the width of a narrow domain, else 1.
  fileprivate var typicalSize: Double { min(upper - lower, 1) }

  /// The value of the domain nearest to another; beside an open end a millionth of its size inside.
  fileprivate func nearest(to value: Double) -> Double {
    if contains(value) { return value }
    let margin = 1e-6 * typicalSize
    if value <= lower { return isLowerOpen ? lower + margin : lower }
    return isUpperOpen ? upper - margin : upper
  }
}
