/// One network of a run, from silence to its last bin.
struct NetworkRun<Model: SpikingModel>: Sendable {
  let model: Model
  let network: Connectivity
  let index: Int
  let steps: Int
  let equilibration: Int
  /// The neurons of each member of the team that runs this network, and the stimuli on them.
  let blocks: [Range<Int>]
  let inputs: [BlockInput]
  let random: RandomSource

  /// Neuron-steps.
  var work: Int { network.neuronCount * (steps + equilibration) }

  /// How many neuron-steps pass between two looks at cancellation and progress: a few
  /// milliseconds' work, long against the start of threads.
  private static var stride: Int { 1 << 21 }

  /// Runs the network in pieces.
  ///
  /// - Throws: `runaway`, or `CancellationError` when the task is cancelled.
  func simulate(meter: ProgressMeter) async throws -> SpikeColumns {
    let team = try BlockTeam(
      model: model, network: network, blocks: blocks, inputs: inputs, random: random)
    let pause = max(1, Self.stride / network.neuronCount)
    for start in Swift.stride(from: -equilibration, to: steps, by: pause) {
      try Task.checkCancellation()
      // Tasks share few threads: whoever wants to cancel this one must have its turn.
      await Task.yield()
      let stop = min(start + pause, steps)
      if let (fault, bin) = team.advance(through: start..<stop) { throw runaway(fault, bin: bin) }
      meter.add((stop - start) * network.neuronCount)
    }
    return team.recorded()
  }

  /// Divides the neurons of a network among at most `threads` threads, into blocks that begin at
  /// multiples of 64 and are worth a thread of their own.
  static func blocks(neuronCount: Int, threads: Int) -> [Range<Int>] {
    // A barrier takes a few tenths of a microsecond, a thousand neurons a few microseconds.
    let count = max(1, min(threads, neuronCount / 1024))
    let bounds = (0...count).map { $0 == count ? neuronCount : neuronCount * $0 / count / 64 * 64 }
    return (0..<count).map { bounds[$0]..<bounds[$0 + 1] }
  }

  private func runaway(_ fault: BinSpikes.Fault, bin: Int) -> SpikingError {
    SpikingError(
      .runaway, "network \(network.name.isEmpty ? "\(index)" : network.name)",
      found:
        "a mean count of \(fault.mean) for neuron \(fault.neuron) at \(Double(bin) * model.dt) ms",
      expected: "0 to \(BinSpikes.maximumCount): the activity ran away")
  }
}
