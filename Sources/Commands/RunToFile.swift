internal import Foundation
internal import Spiking

/// A simulation whose spikes go to a file as they come, and which writes a checkpoint where it is
/// interrupted.
struct RunToFile<Model: SpikingModel>: Sendable {
  let simulator: Simulator<Model>
  let networks: [Connectivity]
  let run: RunDescription
  /// The seed that was asked for.
  let seed: UInt64?
  let threads: Int?
  let output: String
  /// Where a checkpoint is written at the end; nil for none.
  let checkpoint: String?
  /// Where it is written what the run is; nil for nowhere.
  let saveRun: String?

  /// Simulates, and writes the output.
  ///
  /// - Returns: a line about the spikes.
  func simulate(progress: @escaping @Sendable (Double) -> Void) async throws -> String {
    var simulation = try start()
    var spikes = try SpikeTrainsWriter(
      output, dt: simulation.dt, networkOffsets: simulation.networkOffsets, seed: simulation.seed)
    // Twice: memories can grow; and some for what else an archive holds.
    try spikes.reserve(2 * simulation.memoryByteCount + 1 << 16)
    if let stopped = run.checkpoint { try spikes.append(contentsOf: stopped) }
    var failure: SpikingError?
    do {
      try await simulation.advance(to: run.steps, progress: progress) { try spikes.append($0) }
      if let checkpoint {
        let state = try simulation.checkpoint()
        do { try CheckpointFile.save(state, spikes: &spikes, to: checkpoint) } catch {
          // The spikes are worth more.
          failure = error
        }
      }
      try spikes.write(binCount: run.steps)
    } catch is CancellationError {
      let path = checkpoint ?? freeCheckpoint(in: nil)
      let saved = try save(simulation.checkpoint(), &spikes, to: path)
      throw SpikingError(
        .interrupted, "interrupted", "\(place(simulation)); \(way(saved, simulation))")
    } catch let error as SpikingError where error.code != .runaway {
      throw try saving(simulation, &spikes, after: error)
    }
    let summary = summary(spikes.spikeCount, simulation)
    if let failure { throw failure }
    if let saveRun { try describe(simulation, checkpoint).save(to: saveRun) }
    return summary
  }

  /// Saves a run whose output could not be written, as when the disk is full.
  ///
  /// - Returns: the error that says where it is, and how it goes on.
  private func saving(
    _ simulation: consuming Simulation<Model>, _ spikes: inout SpikeTrainsWriter,
    after failure: SpikingError
  ) throws(SpikingError) -> SpikingError {
    var error = failure
    error.message += ", \(place(simulation)); "
    do {
      let saved = try save(
        simulation.checkpoint(), &spikes, to: checkpoint ?? freeCheckpoint(in: nil))
      error.message += way(saved, simulation)
    } catch let other {
      error.message +=
        "nor is there room for a checkpoint (\(other)): the same command with --seed "
        + "\(simulation.seed) makes the spikes again"
    }
    return error
  }

  /// The run as it stands.
  private func describe(
    _ simulation: borrowing Simulation<Model>, _ checkpoint: String?
  ) -> RunDescription {
    var run = run
    run.bin = simulation.bin
    run.networksNumber = RunFingerprint.number(of: networks)
    run.checkpoint = checkpoint
    return run
  }

  private func place(_ simulation: borrowing Simulation<Model>) -> String {
    "at bin \(simulation.bin) of \(run.steps)"
  }

  /// Says how the run goes on from a checkpoint.
  private func way(_ saved: String, _ simulation: borrowing Simulation<Model>) -> String {
    // Without this file, the checkpoint is there still.
    if let saveRun, (try? describe(simulation, saved).save(to: saveRun)) != nil {
      return "simulate --run \(saveRun) --output \(output) goes on"
    }
    return "the same command with --resume \(saved) goes on"
  }

  private func start() throws(SpikingError) -> Simulation<Model> {
    guard let path = run.checkpoint else {
      return try simulator.start(
        networks, equilibration: run.equilibration, stimuli: run.stimuli, seed: run.seed,
        threads: threads)
    }
    let stopped = try CheckpointFile.load(path)
    if let seed, seed != stopped.seed {
      throw SpikingError(
        .invalidParameter, "--seed", found: seed,
        expected: "\(stopped.seed), the seed of \(path), or none")
    }
    guard run.steps >= stopped.bin else {
      throw SpikingError(
        .invalidParameter, "--steps", found: run.steps,
        expected: "at least the \(stopped.bin) bins of \(path)")
    }
    do {
      return try simulator.resume(
        networks, from: stopped, stimuli: run.stimuli, threads: threads)
    } catch {
      throw error.within(path)
    }
  }

  /// Saves a checkpoint at `path`, or where that fails among the system's temporary files: a full disk
  /// must not cost the run.
  ///
  /// - Returns: where it is.
  private func save(
    _ checkpoint: Checkpoint, _ spikes: inout SpikeTrainsWriter, to path: String
  ) throws(SpikingError) -> String {
    do {
      try CheckpointFile.save(checkpoint, spikes: &spikes, to: path)
      return path
    } catch {
      let other = freeCheckpoint(in: FileManager.default.temporaryDirectory)
      do { try CheckpointFile.save(checkpoint, spikes: &spikes, to: other) } catch _ { throw error }
      return other
    }
  }

  /// "spikes.checkpoint.npz" for "spikes.npz", or with a number that is free: what an earlier run left
  /// is not lost.
  private func freeCheckpoint(in folder: URL?) -> String {
    let stem = URL(filePath: output).deletingPathExtension().lastPathComponent
    var number = 1
    while true {
      let name = "\(stem).checkpoint\(number == 1 ? "" : "-\(number)").npz"
      let path = folder.map { $0.appending(path: name).path } ?? beside(name)
      if !FileManager.default.fileExists(atPath: path) { return path }
      number += 1
    }
  }

  /// The path of another file in the output's folder, written as the output's is.
  private func beside(_ name: String) -> String {
    guard let slash = output.lastIndex(of: "/") else { return name }
    return output[...slash] + name
  }

  private func summary(_ spikeCount: Int, _ simulation: borrowing Simulation<Model>) -> String {
    let neuronCount = simulation.networkOffsets.last ?? 0
    let duration = Double(run.steps) * simulation.dt
    let rate = 1000 * Double(spikeCount) / Double(neuronCount) / duration
    let hertz = rate.formatted(.number.precision(.fractionLength(2)).grouping(.never))
    return "\(spikeCount) spikes of \(neuronCount) neurons, \(hertz) Hz a neuron, "
      + "in \(output), seed \(simulation.seed)"
  }
}
