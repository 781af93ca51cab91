/// A run in progress: networks between two bins, which can be advanced, saved, and resumed.
///
/// ```swift
/// var simulation = try Simulator(BernoulliGLM()).start(networks, seed: 0)
/// let first = try await simulation.advance(to: 1000)   // spikes of bins 0 ..< 1000
/// let next = try await simulation.advance(to: 1500)    // spikes of bins 1000 ..< 1500
/// let checkpoint = try simulation.checkpoint()
/// ```
///
/// How a run is divided into calls changes nothing about its spikes. A simulation has one owner, a
/// variable of a function: it cannot be copied, nor advanced from two places.
public struct Simulation<Model: SpikingModel>: ~Copyable, Sendable {
  /// The first bin that has not been simulated; negative within the equilibration.
  public private(set) var bin: Int
  /// What all random numbers of the run derive from.
  public let seed: UInt64
  /// The width of a bin in ms.
  public let dt: Double
  /// The first neuron of each network, and the number of neurons at the end.
  public let networkOffsets: [Int]

  private let teams: [BlockTeam<Model, Model.State>]
  private let networks: [Connectivity]
  private let stimuli: [TargetedStimulus]
  private let model: Model
  private let threads: Int
  private let progress: (@Sendable (Double) -> Void)?
  private let maximumRate: Double
  /// Why the run cannot go on.
  private var failure: SpikingError?

  init(
    _ model: Model, _ networks: [Connectivity], stimuli: [TargetedStimulus], seed: UInt64,
    bin: Int, _ execution: Execution, maximumRate: Double
  ) throws(SpikingError) {
    let threads = try execution.threadCount()
    let counts = networks.map(\.neuronCount)
    let keys = RandomSource.keys(of: networks)
    let random = RandomSource(seed: seed)
    var teams: [BlockTeam<Model, Model.State>] = []
    for (index, network) in networks.enumerated() {
      let blocks = BlockTeam<Model, Model.State>.blocks(
        neuronCount: network.neuronCount, threads: threads / networks.count)
      var inputs: [BlockInput] = []
      for block in blocks {
        inputs.append(
          try BlockInput(
            stimuli, network: index, neuronCounts: counts, neurons: block, dt: model.dt,
            random: random["stimuli"][keys[index]]))
      }
      teams.append(
        try BlockTeam(
          model: model, network: network, blocks: blocks, inputs: inputs,
          random: random["spikes"][keys[index]],
          rateGuard: RateGuard(
            maximumRate: maximumRate, neurons: network.neuronCount, dt: model.dt)))
    }
    self.bin = bin
    self.seed = seed
    self.model = model
    self.networks = networks
    self.stimuli = stimuli
    self.threads = threads
    progress = execution.progress
    self.maximumRate = maximumRate
    dt = model.dt
    networkOffsets = networks.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.neuronCount) }
    self.teams = teams
  }

  /// Simulates up to bin `end`.
  ///
  /// - Parameter end: the first bin not to simulate, below 2³²; nothing happens where it is not after `bin`.
  /// - Returns: the spikes of the bins since the last call; lost where this one throws.
  /// - Throws: `runaway` where a network's rate passes the simulator's bound or a mean count leaves
  ///   the range that can be drawn, `CancellationError` when the task is cancelled. A run that was
  ///   cancelled stands where `bin` says, and can be saved or go on.
  /// - Complexity: time O(neurons × bins + spikes × fan-out), memory O(neurons × window + spikes).
  public mutating func advance(to end: Int) async throws -> BinnedSpikes {
    var columns = SpikeColumns()
    try await simulate(to: end) { piece, _ in columns.append(piece) }
    return BinnedSpikes(
      unchecked: columns, binCount: max(end, 0), dt: dt, networkOffsets: networkOffsets, seed: seed)
  }

  /// Simulates up to bin `end` and hands over the spikes piece by piece, in order: those of some
  /// milliseconds of work each. Memory does not grow with the bins.
  ///
  /// - Parameter take: is given the spikes of each piece; its `binCount` is where the piece ends.
  /// - Throws: as above; also what `take` throws, and then the piece is not handed over again. A
  ///   cancelled run has handed over all spikes before `bin`.
  public mutating func advance(
    to end: Int, _ take: (BinnedSpikes) throws -> Void
  ) async throws {
    let (dt, networkOffsets, seed) = (dt, networkOffsets, seed)
    try await simulate(to: end) { piece, stop in
      try take(
        BinnedSpikes(
          unchecked: piece, binCount: stop, dt: dt, networkOffsets: networkOffsets, seed: seed))
    }
  }

  private mutating func simulate(
    to end: Int, _ take: (SpikeColumns, _ stop: Int) throws -> Void
  ) async throws {
    precondition(end <= BinnedSpikes.maximumBinCount, "a run has at most 2^32 − 1 bins")
    let start = bin
    while bin < end {
      if let failure { throw failure }
      try Task.checkCancellation()
      // Tasks share few threads: the one that may cancel this one needs its turn.
      await Task.yield()
      let stop = min(bin + pieceLength, end)
      let columns = try await simulate(bin..<stop)
      bin = stop
      if stop > 0 { try take(columns, stop) }
      progress?(Double(bin - start) / Double(end - start))
    }
  }

  /// Where the run stands.
  ///
  /// - Throws: `runaway` where a network was stopped: there is nothing to resume.
  /// - Complexity: O(neurons × window + synapses), memory O(neurons × window).
  public mutating func checkpoint() throws(SpikingError) -> Checkpoint {
    if let failure { throw failure }
    return Checkpoint(
      bin: bin, seed: seed,
      fingerprint: RunFingerprint(model: model, networks: networks, stimuli: stimuli),
      memories: teams.map { $0.memory() })
  }

  /// About how many bytes the memories of a checkpoint take.
  ///
  /// - Complexity: O(neurons × window).
  public var memoryByteCount: Int { teams.reduce(0) { $0 + $1.memory().count } }

  mutating func restore(_ checkpoint: Checkpoint) throws(SpikingError) {
    try checkpoint.fingerprint.check(
      RunFingerprint(model: model, networks: networks, stimuli: stimuli))
    guard checkpoint.memories.count == teams.count else {
      throw SpikingError(
        .invalidData, "checkpoint", found: "\(checkpoint.memories.count) networks",
        expected: "\(teams.count)")
    }
    for (team, memory) in zip(teams, checkpoint.memories) {
      try SpikingError.within("checkpoint", team.restore(memory))
    }
  }

  /// How many bins pass between two looks at cancellation: some ten milliseconds' work of each thread,
  /// long against the start of threads.
  private var pieceLength: Int {
    let neurons = networkOffsets[networkOffsets.count - 1]
    let threadsAtWork = min(threads, teams.reduce(0) { $0 + $1.count })
    // A bin costs as much as 64 neurons before there are any.
    return max(1, (1 << 22) * threadsAtWork / (neurons + 64 * teams.count))
  }

  private mutating func simulate(_ bins: Range<Int>) async throws -> SpikeColumns {
    let halts = try await concurrentMap(teams, threads: threads) { $0.advance(through: bins) }
    // The earliest, whatever the pieces are.
    let first = halts.enumerated().compactMap { index, halt in halt.map { (index, $0) } }
      .min { $0.1.bin < $1.1.bin }
    if let (index, halt) = first {
      let name = networks[index].name.isEmpty ? "\(index)" : networks[index].name
      let error = halt.error(
        "network \(name)", networks[index], of: model, maximumRate: maximumRate)
      failure = error
      throw error
    }
    return SpikeColumns.merged(
      teams.map { $0.takeSpikes() }, offsets: networkOffsets,
      range: max(bins.lowerBound, 0)..<max(bins.upperBound, 0))
  }
}
