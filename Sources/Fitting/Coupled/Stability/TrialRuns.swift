internal import SpikingAnalysis
public import SpikingFramework
public import SpikingModels

/// How often a fitted network ran away when it was simulated for a while.
///
/// It has where the simulator's guard stopped it, or where a neuron fired for one second at five times its
/// recorded rate and at 100 Hz or more (three quarters of what the emission can do, where that is less).
public struct TrialRuns: Hashable, Sendable {
  /// The number of runs.
  public let count: Int
  /// How many of them ran away.
  public let runawayCount: Int
  /// The length of a run in ms.
  public let duration: Double

  /// The probability of running away in a run, a 95 % interval. (Wilson 1927, J Am Stat Assoc 22:209.)
  public var probability: ClosedRange<Double> {
    let (n, z) = (Double(count), WaldInterval.deviate())
    let fraction = Double(runawayCount) / n
    let center = (fraction + z * z / (2 * n)) / (1 + z * z / n)
    let width =
      z / (1 + z * z / n) * (fraction * (1 - fraction) / n + z * z / (4 * n * n)).squareRoot()
    return max(center - width, 0)...min(center + width, 1)
  }
}

extension TrialRuns: CustomStringConvertible {
  /// "13 of 20 trial runs of 10 s ran away (95 %: 43 to 82 %)".
  public var description: String {
    func percent(_ value: Double) -> Int { Int((100 * value).rounded()) }
    let seconds = (duration / 100).rounded() / 10
    let length = seconds == seconds.rounded() ? "\(Int(saturating: seconds))" : "\(seconds)"
    return "\(runawayCount) of \(count) trial runs of \(length) s ran away "
      + "(95 %: \(percent(probability.lowerBound)) to \(percent(probability.upperBound)) %)"
  }
}

extension CoupledGLM {
  /// Simulates the network several times, from silence and without stimuli, to see whether it runs away.
  ///
  /// - Parameters:
  ///   - count: how many runs; they differ by their random numbers.
  ///   - duration: the length of each in ms.
  ///   - rates: the rate of each neuron in Hz at which it was recorded.
  ///   - seed: what all random numbers derive from.
  ///   - execution: the number of threads, each of which makes a run.
  /// - Throws: as `Simulator.run`, but not where the network runs away.
  /// - Complexity: time O(neurons · bins + spikes · neurons · window) for each run, which ends where it runs
  ///   away; memory O(neurons² · window) for each thread.
  public func trialRuns(
    _ count: Int = 20, duration: Double = 10_000, rates: [Double], seed: UInt64 = 0,
    execution: Execution = Execution()
  ) async throws -> TrialRuns {
    precondition(rates.count == baselines.count, "a rate for each neuron")
    precondition(count > 0 && duration > 0, "at least one run")
    let network = try network()
    let ceiling = 0.75 * maximumCount / dt * 1000
    let limits = rates.map { min(max(5 * $0, 100), ceiling) }
    let bins = max(min(Int(saturating: (duration / dt).rounded()), BinnedSpikes.maximumBinCount), 1)
    let report = ProgressCount(of: count, execution.progress)
    let runaways = try await concurrentMap(
      Array(0..<count), threads: execution.threadCount()
    ) { run in
      defer { report.add() }
      return try await runsAway(network, bins: bins, limits: limits, seed: seed &+ UInt64(run))
    }
    return TrialRuns(
      count: count, runawayCount: runaways.count { $0 }, duration: Double(bins) * dt)
  }

  /// Whether a run passes a rate in Hz of a neuron in one of its seconds, or the guard's.
  private func runsAway(
    _ network: Connectivity, bins: Int, limits: [Double], seed: UInt64
  ) async throws -> Bool {
    var simulation = try Simulator(self).start(network, seed: seed, execution: .init(threads: 1))
    let second = max(min(Int(saturating: (1000 / dt).rounded()), BinnedSpikes.maximumBinCount), 1)
    for start in stride(from: 0, to: bins, by: second) {
      let spikes: BinnedSpikes
      do {
        spikes = try await simulation.advance(to: min(start + second, bins))
      } catch let error as SpikingError where error.code == .runaway {
        return true
      }
      var counts = [Int](repeating: 0, count: limits.count)
      for event in 0..<spikes.eventCount {
        counts[Int(spikes.neurons[event])] += spikes.count(ofEvent: event)
      }
      let length = Double(second) * dt / 1000
      if zip(counts, limits).contains(where: { Double($0) >= $1 * length }) { return true }
    }
    return false
  }

  /// How long trial runs can be, up to 10 s, that take some seconds of processor time together; nil where
  /// not even one second each would do, nor the memory of a large network.
  ///
  /// - Parameters:
  ///   - count: how many runs.
  ///   - rates: the rate of each neuron in Hz.
  public func affordableDuration(ofRuns count: Int, rates: [Double]) -> Double? {
    let neurons = Double(baselines.count)
    let taps = neurons * neurons * Double(window)
    // In ns: a neuron's draw in a bin, and what a spike adds to all others at each lag.
    let second =
      1000 / dt * (1000 + 30 * neurons) + rates.reduce(0, +) * neurons * Double(window)
    let budget = 4e9 / Double(count) - 4 * taps
    let duration = min((budget / second).rounded(.down), 10)
    return duration >= 1 && taps <= 3e7 ? 1000 * duration : nil
  }
}

extension TrialRuns: Codable {
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    count = try fields.decode(Int.self, forKey: .count)
    runawayCount = try fields.decode(Int.self, forKey: .runawayCount)
    duration = try fields.decode(Double.self, forKey: .duration)
    try SpikingError.require(
      count > 0 && 0...count ~= runawayCount, "trial runs", found: "\(runawayCount) of \(count)",
      expected: "at least one run, and no more that ran away")
  }
}
