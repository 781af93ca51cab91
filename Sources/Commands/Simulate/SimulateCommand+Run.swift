internal import Spiking

extension SimulateCommand {
  /// The run that the command line asks for, and its networks, which its stimuli fit.
  ///
  /// - Parameter stopped: the seed of the checkpoint of --resume.
  func described(
    seed stopped: UInt64?
  ) throws(SpikingError) -> (RunDescription, [Connectivity]) {
    var (run, networks) = if let runFile { try saved(runFile) } else { try asked() }
    if let seed = stopped ?? seed.seed, resume != nil || run.checkpoint == nil { run.seed = seed }
    if let resume { run.checkpoint = resume }
    return (run, networks)
  }

  /// The run of --run.
  private func saved(_ path: String) throws(SpikingError) -> (RunDescription, [Connectivity]) {
    var run = try RunDescription(
      contentsOf: path, models: Catalogue.current.models, stimuli: Catalogue.current.stimuli)
    do throws(SpikingError) {
      if let checkpoint = run.checkpoint, resume == nil {
        // The two belong together, as long as nobody has replaced one of them.
        let stopped = try CheckpointFile.load(checkpoint)
        for (key, found, expected) in [
          ("bin", "\(run.bin)", "\(stopped.bin)"), ("seed", "\(run.seed)", "\(stopped.seed)"),
        ] where found != expected {
          throw SpikingError(
            .invalidData, key, found: found, expected: "\(expected), as in \(checkpoint)")
        }
      }
      let networks = try run.loadNetworks()
      run.steps = steps ?? run.steps
      return (run, networks)
    } catch {
      throw error.within(path)
    }
  }

  /// The run of the other options, of which there are enough.
  private func asked() throws(SpikingError) -> (RunDescription, [Connectivity]) {
    var run = RunDescription(
      model: try ModelChoice.load(model ?? "", parameters), networks: networks ?? "", array: array,
      delays: input.delays,
      seed: seed.resolved(),
      equilibration: equilibration ?? 100, steps: steps ?? 1, maximumRate: maximumRate)
    let loaded = try run.loadNetworks()
    run.stimuli = try input.stimuli(for: loaded, dt: run.model.dt)
    return (run, loaded)
  }
}
