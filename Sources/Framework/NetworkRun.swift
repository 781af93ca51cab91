/// One network of a run, from silence to its last bin.
struct NetworkRun<Model: SpikingModel>: Sendable {
  let model: Model
  let network: Connectivity
  let index: Int
  let steps: Int
  let equilibration: Int
  let input: BlockInput
  let random: RandomSource

  /// Neuron-steps.
  var work: Int { network.neuronCount * (steps + equilibration) }

  /// How many neuron-steps pass between two looks at cancellation and progress: a few
  /// milliseconds' work.
  private static var stride: Int { 1 << 20 }

  /// The time loop.
  ///
  /// - Throws: `runaway`, or `CancellationError` when the task is cancelled.
  func simulate(meter: ProgressMeter) async throws -> SpikeColumns {
    var state = try model.makeState(of: network, neurons: 0..<network.neuronCount)
    var columns = SpikeColumns()
    var spikes = BinSpikes()
    let pause = max(1, Self.stride / network.neuronCount)
    for start in Swift.stride(from: -equilibration, to: steps, by: pause) {
      try Task.checkCancellation()
      // Tasks share few threads: whoever wants to cancel this one must have its turn.
      await Task.yield()
      let stop = min(start + pause, steps)
      for bin in start..<stop {
        spikes.removeAll()
        model.emit(&state, input: input, bin: bin, random: random, into: &spikes)
        if spikes.count > 0 {
          if bin >= 0 { columns.append(spikes, bin: bin) }
          model.receive(spikes, bin: bin, in: &state)
        }
        if let fault = spikes.fault { throw runaway(fault, bin: bin) }
      }
      meter.add((stop - start) * network.neuronCount)
    }
    return columns
  }

  private func runaway(_ fault: BinSpikes.Fault, bin: Int) -> SpikingError {
    SpikingError(
      .runaway, "network \(network.name.isEmpty ? "\(index)" : network.name)",
      found:
        "a mean count of \(fault.mean) for neuron \(fault.neuron) at \(Double(bin) * model.dt) ms",
      expected: "0 to \(BinSpikes.maximumCount): the activity ran away")
  }
}
