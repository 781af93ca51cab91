internal import Spiking

extension SimulateCommand {
  /// The run that the command line asks for, its networks, which its stimuli fit, and the checkpoint
  /// from which it goes on.
  func asked() throws(SpikingError) -> (Run, [Connectivity], Checkpoint?) {
    var (run, networks, stopped) = if let runFile { try saved(runFile) } else { try described() }
    if let resume {
      run.checkpoint = resume
      stopped = try Checkpoint(contentsOf: resume)
    }
    guard let stopped, let path = run.checkpoint else {
      if let seed = seed.seed { run.seed = seed }
      return (run, networks, nil)
    }
    if let seed = seed.seed, seed != stopped.seed {
      throw SpikingError(
        .invalidParameter, "--seed", found: seed,
        expected: "\(stopped.seed), the seed of \(path), or none")
    }
    guard run.steps >= stopped.bin else {
      throw SpikingError(
        .invalidParameter, "--steps", found: run.steps,
        expected: "at least the \(stopped.bin) bins of \(path)")
    }
    run.seed = stopped.seed
    return (run, networks, stopped)
  }

  /// The run of --run, with its own checkpoint.
  private func saved(
    _ path: String
  ) throws(SpikingError) -> (Run, [Connectivity], Checkpoint?) {
    var run = try Run(contentsOf: path, catalogue: .current)
    do throws(SpikingError) {
      var stopped: Checkpoint?
      if let checkpoint = run.checkpoint, resume == nil {
        // The two belong together unless one of them has been replaced.
        let found = try Checkpoint(contentsOf: checkpoint)
        for (key, found, expected) in [
          ("bin", "\(run.bin)", "\(found.bin)"), ("seed", "\(run.seed)", "\(found.seed)"),
        ] where found != expected {
          throw SpikingError(
            .invalidData, key, found: found, expected: "\(expected), as in \(checkpoint)")
        }
        stopped = found
      }
      let networks = try run.loadNetworks()
      run.steps = steps ?? run.steps
      return (run, networks, stopped)
    } catch {
      throw error.within(path)
    }
  }

  /// The run of the other options, of which there are enough.
  private func described() throws(SpikingError) -> (Run, [Connectivity], Checkpoint?) {
    let name = model ?? ""
    let fit = try ModelChoice.fit(name, parameters)
    let model: any SpikingModel =
      if let fit { try fit.model() } else { try ModelChoice.load(name, parameters) }
    let session = try fit.flatMap { fit throws(SpikingError) in try replay.session(dt: fit.dt) }
    var run = Run(
      model: model, networks: networks ?? name, array: array,
      delays: input.delays, seed: seed.resolved(), equilibration: equilibration ?? 100,
      steps: steps ?? session?.binCount ?? 1, maximumRate: maximumRate)
    if fit != nil { run.fit = name }
    run.trials = replay.trials ?? 1
    let loaded: [Connectivity]
    do { loaded = try run.loadNetworks() } catch {
      throw error.code == .unknownName ? error.within(option: "--array") : error
    }
    let arrays = fit == nil ? [] : input.stimulus.filter { !$0.hasSuffix(".json") }
    run.stimuli = try input.stimuli(for: loaded, dt: run.model.dt, without: arrays)
    if let fit, !arrays.isEmpty || session != nil {
      let outside = try FittedStimuli(fit, name, recording: session, arrays)
      for notice in outside.notices { options.report(notice) }
      run.stimuli.append(try outside.drives())
    } else if let fit, fit.design?.needsRecording == true {
      throw SpikingError(
        .invalidParameter, "--recording", found: "none",
        expected: "one: rates of \(name) depend on \(fit.design?.description ?? "more than spikes")"
      )
    }
    return (run, loaded, nil)
  }
}
