/// Runs a model on networks.
///
/// ```swift
/// let networks = try NormalGenerator(neurons: 50, std: 5, glorot: true).networks(count: 10, seed: 0)
/// let spikes = try await Simulator(BernoulliGLM()).run(networks, steps: 100_000, seed: 0)
/// ```
///
/// Networks run side by side on several threads; a large one is divided among several. The spikes of a
/// network depend on the model, its synapses, its stimuli, its name and the seed, and on nothing else:
/// not on the number of threads, and not on the networks beside it.
///
/// `run` returns all spikes at once. `start` and `resume` give a `Simulation`, which hands them over
/// as they come, and can be stopped and saved.
public struct Simulator<Model: SpikingModel>: Sendable {
  /// What is simulated.
  public var model: Model

  /// The mean rate of a network's neurons, in Hz, beyond which a run is stopped with an error; infinity
  /// never stops it. It is compared with the spikes of every full 100 ms, and of at least 100 bins of
  /// neurons.
  public var maximumRate: Double

  /// A simulator of `model`.
  ///
  /// - Parameter maximumRate: the bound in Hz; nil for 750 Hz, which no population fires at, or three
  ///   quarters of what the model can do at most where that is less: of one spike a bin, in bins of more
  ///   than 1 ms.
  public init(_ model: Model, maximumRate: Double? = nil) {
    self.model = model
    self.maximumRate =
      maximumRate ?? RateGuard.maximumRate(maximumCount: model.maximumCount, dt: model.dt)
  }

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
  ///   - execution: the number of threads, each of which runs a network; where there are more of them than
  ///     networks, large networks are divided.
  /// - Throws: `invalidParameter` or `invalidData` before anything runs, `runaway` where a network's
  ///   rate passes `maximumRate` or a mean count leaves the range that can be drawn,
  ///   `CancellationError` when the task is cancelled.
  /// - Complexity: time O(neurons × bins + spikes × fan-out), memory O(neurons + spikes).
  public func run(
    _ networks: [Connectivity], steps: Int, equilibration: Int = 100,
    stimuli: [TargetedStimulus] = [], seed: UInt64, execution: Execution = Execution()
  ) async throws -> BinnedSpikes {
    try Self.check(steps, "steps", atLeast: 1)
    var simulation = try start(
      networks, equilibration: equilibration, stimuli: stimuli, seed: seed, execution: execution)
    return try await simulation.advance(to: steps)
  }

  /// Simulates one network; the parameters are those of several.
  public func run(
    _ network: Connectivity, steps: Int, equilibration: Int = 100,
    stimuli: [TargetedStimulus] = [], seed: UInt64, execution: Execution = Execution()
  ) async throws -> BinnedSpikes {
    try await run(
      [network], steps: steps, equilibration: equilibration, stimuli: stimuli, seed: seed,
      execution: execution)
  }

  /// All networks before their first bin, the first of the equilibration. The parameters are those of
  /// `run`; progress is that of each call of `advance`.
  ///
  /// - Throws: `invalidParameter` or `invalidData`.
  public func start(
    _ networks: [Connectivity], equilibration: Int = 100, stimuli: [TargetedStimulus] = [],
    seed: UInt64, execution: Execution = Execution()
  ) throws(SpikingError) -> Simulation<Model> {
    try Self.check(equilibration, "equilibration", atLeast: 0)
    return try simulation(
      networks, stimuli: stimuli, seed: seed, bin: -equilibration, execution)
  }

  /// One network before its first bin; the parameters are those of several.
  ///
  /// - Throws: `invalidParameter` or `invalidData`.
  public func start(
    _ network: Connectivity, equilibration: Int = 100, stimuli: [TargetedStimulus] = [],
    seed: UInt64, execution: Execution = Execution()
  ) throws(SpikingError) -> Simulation<Model> {
    try start(
      [network], equilibration: equilibration, stimuli: stimuli, seed: seed, execution: execution)
  }

  /// A run as a checkpoint left it; its spikes are those of a run that was never stopped.
  ///
  /// - Parameters:
  ///   - networks: the same networks, with the same names.
  ///   - checkpoint: where it stands.
  ///   - stimuli: the same stimuli.
  ///   - execution: the number of threads, which need not be as many as before.
  /// - Throws: `invalidData` where model, networks or stimuli are not those of the checkpoint.
  public func resume(
    _ networks: [Connectivity], from checkpoint: Checkpoint, stimuli: [TargetedStimulus] = [],
    execution: Execution = Execution()
  ) throws(SpikingError) -> Simulation<Model> {
    guard abs(Double(checkpoint.bin)) <= Double(BinnedSpikes.maximumBinCount) else {
      throw SpikingError(
        .invalidData, "checkpoint: bin", found: checkpoint.bin,
        expected: "±\(BinnedSpikes.maximumBinCount)")
    }
    var simulation = try simulation(
      networks, stimuli: stimuli, seed: checkpoint.seed, bin: checkpoint.bin, execution)
    try simulation.restore(checkpoint)
    return simulation
  }

  private func simulation(
    _ networks: [Connectivity], stimuli: [TargetedStimulus], seed: UInt64, bin: Int,
    _ execution: Execution
  ) throws(SpikingError) -> Simulation<Model> {
    try model.validate()
    guard maximumRate > 0 else {
      throw SpikingError(
        .invalidParameter, "maximumRate", found: maximumRate, expected: "a positive rate in Hz")
    }
    guard !networks.isEmpty else {
      throw SpikingError(.invalidData, "networks", found: "none", expected: "at least one")
    }
    let neuronCounts = networks.map(\.neuronCount)
    for (number, stimulus) in stimuli.enumerated() {
      try SpikingError.within(
        "stimulus \(number)", stimulus.validate(neuronCounts: neuronCounts, dt: model.dt))
    }
    return try Simulation(
      model, networks, stimuli: stimuli, seed: seed, bin: bin, execution,
      maximumRate: maximumRate)
  }

  private static func check(
    _ bins: Int, _ name: String, atLeast minimum: Int
  ) throws(SpikingError) {
    guard minimum...BinnedSpikes.maximumBinCount ~= bins else {
      throw SpikingError(
        .invalidParameter, name, found: bins,
        expected: "\(minimum) to \(BinnedSpikes.maximumBinCount)")
    }
  }
}
