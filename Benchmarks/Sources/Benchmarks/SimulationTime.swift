import Spiking

/// What simulating a bin of a network takes.
struct SimulationTime {
  /// Seconds a bin.
  let seconds: Double
  let spikes: BinnedSpikes

  /// The median, over several pairs of runs, of the difference between a run of `bins` bins and one of
  /// a fifth of them, by the difference in bins: what every run does once cancels.
  static func measure(
    _ model: some SpikingModel, _ network: Connectivity, bins: Int, threads: Int = 1,
    pairs: Int = 5
  ) async throws -> SimulationTime {
    let simulator = Simulator(model)
    func run(_ bins: Int) async throws -> (seconds: Double, spikes: BinnedSpikes) {
      let clock = ContinuousClock()
      let start = clock.now
      let spikes = try await simulator.run(
        [network], steps: bins, seed: 0, execution: .init(threads: threads))
      return ((clock.now - start) / .seconds(1), spikes)
    }
    let short = bins / 5
    var (_, spikes) = try await run(short)
    var differences: [Double] = []
    for _ in 0..<pairs {
      let few = try await run(short).seconds
      let many = try await run(bins)
      differences.append((many.seconds - few) / Double(bins - short))
      spikes = many.spikes
    }
    return SimulationTime(seconds: median(of: differences), spikes: spikes)
  }

  /// The mean rate, in Hz.
  var rate: Double {
    Double(spikes.spikeCount) / Double(spikes.neuronCount) / spikes.duration * 1000
  }
}
