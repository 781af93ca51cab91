internal import Foundation
internal import Spiking

/// A simulation whose spikes go to a file as they come, and which writes a checkpoint where it is
/// interrupted.
struct RunToFile<Model: SpikingModel>: Sendable {
  let simulator: Simulator<Model>
  let networks: [Connectivity]
  let stimuli: [TargetedStimulus]
  let steps: Int
  let equilibration: Int
  let seed: SeedOption
  let threads: Int?
  let output: String
  /// Where a checkpoint is written at the end; nil for none.
  let checkpoint: String?
  /// The checkpoint to go on from; nil for a new run.
  let resume: String?

  /// Simulates, and writes the output.
  ///
  /// - Returns: a line about the spikes.
  func simulate(progress: @escaping @Sendable (Double) -> Void) async throws -> String {
    var simulation = try start()
    var spikes = try SpikeTrainsWriter(
      output, dt: simulation.dt, networkOffsets: simulation.networkOffsets, seed: simulation.seed)
    if let resume { try spikes.append(contentsOf: resume) }
    do {
      try await simulation.advance(to: steps, progress: progress) { try spikes.append($0) }
    } catch is CancellationError {
      let path = checkpoint ?? defaultCheckpoint
      try CheckpointFile.save(simulation.checkpoint(), spikes: &spikes, to: path)
      throw SpikingError(
        .interrupted, "interrupted",
        "at bin \(simulation.bin) of \(steps); the same command with --resume \(path) goes on")
    }
    if let checkpoint {
      try CheckpointFile.save(simulation.checkpoint(), spikes: &spikes, to: checkpoint)
    }
    let summary = summary(spikes.spikeCount, simulation)
    try spikes.finish(binCount: steps)
    return summary
  }

  private func start() throws(SpikingError) -> Simulation<Model> {
    guard let resume else {
      return try simulator.start(
        networks, equilibration: equilibration, stimuli: stimuli, seed: seed.resolved(),
        threads: threads)
    }
    let checkpoint = try CheckpointFile.load(resume)
    if let seed = seed.seed, seed != checkpoint.seed {
      throw SpikingError(
        .invalidParameter, "--seed", found: seed,
        expected: "\(checkpoint.seed), the seed of \(resume), or none")
    }
    guard steps >= checkpoint.bin else {
      throw SpikingError(
        .invalidParameter, "--steps", found: steps,
        expected: "at least the \(checkpoint.bin) bins of \(resume)")
    }
    do {
      return try simulator.resume(checkpoint, networks, stimuli: stimuli, threads: threads)
    } catch {
      throw error.within(resume)
    }
  }

  private var defaultCheckpoint: String {
    let name =
      output.hasSuffix(".npz") || output.hasSuffix(".npy") ? output.dropLast(4) : output[...]
    return "\(name).checkpoint.npz"
  }

  private func summary(_ spikeCount: Int, _ simulation: borrowing Simulation<Model>) -> String {
    let neuronCount = networks.reduce(0) { $0 + $1.neuronCount }
    let duration = Double(steps) * simulation.dt
    let rate = 1000 * Double(spikeCount) / Double(neuronCount) / duration
    let hertz = rate.formatted(.number.precision(.fractionLength(2)).grouping(.never))
    return "\(spikeCount) spikes of \(neuronCount) neurons, \(hertz) Hz a neuron, "
      + "in \(output), seed \(simulation.seed)"
  }
}
