internal import Foundation
internal import Spiking

/// A simulation whose spikes go to a file as they come, and which writes a checkpoint where it is
/// interrupted.
struct RunToFile<Model: SpikingModel>: Sendable {
  let simulator: Simulator<Model>
  let networks: [Connectivity]
  let run: Run
  let threads: Int?
  let output: String
  /// Where a checkpoint is written at the end; nil for none.
  let checkpoint: String?
  /// Where it is written what the run is; nil for nowhere.
  let saveRun: String?

  /// Simulates, and writes the output.
  ///
  /// - Parameter stopped: the checkpoint of the run; nil where it has none.
  /// - Returns: a line about the spikes.
  func simulate(
    from stopped: Checkpoint?, progress: @escaping @Sendable (Double) -> Void
  ) async throws -> String {
    var simulation = try start(stopped, Execution(threads: threads, progress: progress))
    var spikes = try BinnedSpikesWriter(
      output, dt: simulation.dt, networkOffsets: simulation.networkOffsets, seed: run.seed,
      command: Self.commandLine)
    // Twice: memories can grow; and some for what else an archive holds.
    try spikes.reserve(
      2 * simulation.memoryByteCount + 1 << 16, forCheckpoint: checkpoint)
    if let path = run.checkpoint { try spikes.append(contentsOf: path) }
    var failure: SpikingError?
    do {
      try await simulation.advance(to: run.steps) { try spikes.append($0) }
      if let checkpoint {
        let state = try simulation.checkpoint()
        do { try state.write(to: checkpoint, spikes: &spikes) } catch {
          // The spikes are worth more.
          failure = error
        }
      }
      try spikes.write(binCount: run.steps)
    } catch is CancellationError {
      throw try saving(
        simulation, &spikes, after: SpikingError(.interrupted, "interrupted", ""))
    } catch let error as SpikingError where error.code != .runaway {
      throw try saving(simulation, &spikes, after: error)
    }
    let summary = summary(spikes.spikeCount, simulation)
    if let failure { throw failure }
    if let saveRun { try describe(simulation, checkpoint).write(to: saveRun) }
    return summary
  }

  /// Saves a run that was interrupted, or whose output could not be written, as when the disk is full.
  ///
  /// - Returns: the error that says where it is, and how it goes on.
  private func saving(
    _ simulation: consuming Simulation<Model>, _ spikes: inout BinnedSpikesWriter,
    after failure: SpikingError
  ) throws(SpikingError) -> SpikingError {
    var error = failure
    error.message +=
      (error.message.isEmpty ? "" : ", ") + "at bin \(simulation.bin) of \(run.steps); "
    do {
      let saved = try save(simulation.checkpoint(), &spikes)
      error.message += way(saved, simulation)
    } catch let other {
      error.message +=
        "no checkpoint can be written (\(other)): the same command with --seed "
        + "\(run.seed) makes the spikes again"
    }
    return error
  }

  /// The run as it stands.
  private func describe(
    _ simulation: borrowing Simulation<Model>, _ checkpoint: String?
  ) -> Run {
    var run = run
    run.bin = simulation.bin
    run.networksFingerprint = RunFingerprint.fingerprint(of: networks)
    run.checkpoint = checkpoint
    return run
  }

  /// Says how the run goes on from a checkpoint.
  private func way(_ saved: String, _ simulation: borrowing Simulation<Model>) -> String {
    // Without this file, the checkpoint is there still.
    if let saveRun, (try? describe(simulation, saved).write(to: saveRun)) != nil {
      return "simulate --run \(saveRun) --output \(output) goes on"
    }
    return "the same command with --resume \(saved) goes on"
  }

  private func start(
    _ stopped: Checkpoint?, _ execution: Execution
  ) throws(SpikingError) -> Simulation<Model> {
    guard let stopped, let path = run.checkpoint else {
      return try simulator.start(
        networks, equilibration: run.equilibration, stimuli: run.stimuli, seed: run.seed,
        execution: execution)
    }
    return try SpikingError.within(
      path,
      simulator.resume(networks, from: stopped, stimuli: run.stimuli, execution: execution))
  }

  /// Saves a checkpoint where it was asked for, or beside the output, or where that fails among the system's
  /// temporary files: a full disk must not cost the run.
  ///
  /// - Returns: where it is.
  private func save(
    _ state: Checkpoint, _ spikes: inout BinnedSpikesWriter
  ) throws(SpikingError) -> String {
    do throws(SpikingError) {
      if let checkpoint {
        try state.write(to: checkpoint, spikes: &spikes)
        return checkpoint
      }
      return try saveAnew(state, &spikes) { beside($0 == 1 ? "" : "-\($0)") }
    } catch {
      let folder = FileManager.default.temporaryDirectory.path
      // A name that no other program can have created before.
      let number = String(UInt64.random(in: .min ... .max), radix: 16)
      do throws(SpikingError) {
        return try saveAnew(state, &spikes) { "\(folder)/\(stem).checkpoint-\(number)-\($0).npz" }
      } catch _ {
        throw error
      }
    }
  }

  /// Saves a checkpoint under the first name that is free, which is taken at once: what another run leaves
  /// is not lost.
  private func saveAnew(
    _ state: Checkpoint, _ spikes: inout BinnedSpikesWriter, name: (Int) -> String
  ) throws(SpikingError) -> String {
    var number = 1
    while try !OutputFile.takeName(name(number)) { number += 1 }
    do throws(SpikingError) {
      try state.write(to: name(number), spikes: &spikes)
    } catch {
      unlink(name(number))
      throw error
    }
    return name(number)
  }

  private var stem: String { Paths.stem(output) }

  /// The path of a checkpoint in the output's folder, written as the output's is.
  private func beside(_ ending: String) -> String {
    "\(Paths.folder(of: output))\(stem).checkpoint\(ending).npz"
  }

  /// The command as it was given, less where the program is.
  private static var commandLine: String {
    (["spiking"]
      + CommandLine.arguments.dropFirst().map { argument in
        argument.contains(" ") ? argument.debugDescription : argument
      }).joined(separator: " ")
  }

  private func summary(_ spikeCount: Int, _ simulation: borrowing Simulation<Model>) -> String {
    let neuronCount = simulation.networkOffsets.last ?? 0
    let duration = Double(run.steps) * simulation.dt
    let rate = 1000 * Double(spikeCount) / Double(neuronCount) / duration
    let hertz = rate.formatted(.number.precision(.fractionLength(2)).grouping(.never))
    return "\(spikeCount) spikes of \(neuronCount) neurons, \(hertz) Hz a neuron, "
      + "in \(output), seed \(run.seed)"
  }
}
