internal import Foundation

/// Runs a model on networks: the one time loop of the package.
///
/// ```swift
/// let networks = try NormalGenerator(neurons: 50, std: 5, glorot: true).networks(count: 10, seed:
/// 0) let spikes = try await Simulator(BernoulliGLM()).run(networks, steps: 100_000, seed: 0)
/// ```
///
/// Networks run side by side on several threads; a large one is divided among several. The spikes of a network depend on the model, its
/// synapses, its stimuli, its name and the seed, and on nothing else: not on the number of threads,
/// and not on the networks beside it.
public struct Simulator<Model: SpikingModel>: Sendable {
  /// What is simulated.
  public var model: Model

  /// A simulator of `model`.
  public init(_ model: Model) { self.model = model }

  /// Simulates all networks.
  ///
  /// Every network starts silent and runs `equilibration` bins without stimuli, unrecorded, before
  /// bin 0.
  ///
  /// - Parameters:
  ///   - networks: the networks; those without a name are named after their position.
  ///   - steps: the bins to record, at least one.
  ///   - equilibration: the bins before them.
  ///   - stimuli: the input from outside.
  ///   - seed: what all random numbers of the run derive from.
  ///   - threads: how many threads run at the same time, by default as many as there are cores. Each
  ///     runs a network; where there are more threads than networks, large networks are divided.
  ///   - progress: is told the fraction done, now and then, from any thread.
  /// - Throws: `invalidParameter` or `invalidData` before anything runs, `runaway` where a mean
  ///   count leaves the range that can be drawn, `CancellationError` when the task is cancelled.
  /// - Complexity: time O(neurons × bins + spikes × fan-out), memory O(neurons + spikes).
  public func run(
    _ networks: [Connectivity], steps: Int, equilibration: Int = 100,
    stimuli: [TargetedStimulus] = [], seed: UInt64, threads: Int? = nil,
    progress: (@Sendable (Double) -> Void)? = nil
  ) async throws -> SpikeTrains {
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    guard threads >= 1 else {
      throw SpikingError(.invalidParameter, "threads", found: threads, expected: "at least 1")
    }
    let runs = try makeRuns(
      networks, steps: steps, equilibration: equilibration, stimuli: stimuli, seed: seed,
      threads: threads)
    let meter = ProgressMeter(
      total: runs.reduce(0) { $0 + $1.work }, report: progress)
    let columns = try await concurrentMap(runs, threads: threads) { run in
      try await run.simulate(meter: meter)
    }
    let offsets = networks.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.neuronCount) }
    return SpikeTrains(
      unchecked: SpikeColumns.merged(columns[...], offsets: offsets), binCount: steps,
      dt: model.dt, networkOffsets: offsets, seed: seed)
  }

  private func makeRuns(
    _ networks: [Connectivity], steps: Int, equilibration: Int, stimuli: [TargetedStimulus],
    seed: UInt64, threads: Int
  ) throws(SpikingError) -> [NetworkRun<Model>] {
    try model.validate()
    for stimulus in stimuli { try stimulus.stimulus.validate() }
    guard 1...SpikeTrains.maximumBinCount ~= steps else {
      throw SpikingError(
        .invalidParameter, "steps", found: steps, expected: "1 to \(SpikeTrains.maximumBinCount)")
    }
    guard 0...SpikeTrains.maximumBinCount ~= equilibration else {
      throw SpikingError(
        .invalidParameter, "equilibration", found: equilibration,
        expected: "0 to \(SpikeTrains.maximumBinCount)")
    }
    guard !networks.isEmpty else {
      throw SpikingError(.invalidData, "networks", found: "none", expected: "at least one")
    }
    let counts = networks.map(\.neuronCount)
    let keys = Self.randomKeys(of: networks)
    let random = RandomSource(seed: seed)
    var runs: [NetworkRun<Model>] = []
    for (index, network) in networks.enumerated() {
      let blocks = NetworkRun<Model>.blocks(
        neuronCount: network.neuronCount, threads: threads / networks.count)
      var inputs: [BlockInput] = []
      for block in blocks {
        inputs.append(
          try BlockInput(
            stimuli, network: index, neuronCounts: counts, neurons: block, dt: model.dt,
            random: random["stimuli"][keys[index]]))
      }
      runs.append(
        NetworkRun(
          model: model, network: network, index: index, steps: steps,
          equilibration: equilibration, blocks: blocks, inputs: inputs,
          random: random["spikes"][keys[index]]))
    }
    return runs
  }

  /// What each network's random numbers belong to: its name, or its position where it has none,
  /// and the repetition where several have the same.
  private static func randomKeys(of networks: [Connectivity]) -> [String] {
    var seen: [String: Int] = [:]
    return networks.enumerated().map { index, network in
      let name = network.name.isEmpty ? "\(index)" : network.name
      let repetition = seen[name, default: 0]
      seen[name] = repetition + 1
      return repetition == 0 ? name : "\(name)\u{0}\(repetition)"
    }
  }
}
