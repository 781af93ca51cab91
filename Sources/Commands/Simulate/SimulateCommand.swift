internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking simulate`: a model on networks, to a file of spikes.
struct SimulateCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "simulate", abstract: "Simulate a model on networks and write its spikes.",
      discussion: """
        Models: \(Catalogue.current.list(.model)). Stimuli: \(Catalogue.current.list(.stimulus)). \
        `spiking info NAME` lists the parameters of one.

        The same seed gives the same spikes for any number of threads. The random numbers of a network \
        belong to its name (the name of its file), so that it fires alone as it does among others.

        Spikes go to disk as they come. A run that is interrupted (control-C, SIGTERM) writes a \
        checkpoint; the same command with --resume goes on from it, on any number of threads, and ends \
        with the spikes of a run that was never stopped.

        --save-run writes all that the run is, and where it stands, to a JSON file, also where it is \
        interrupted; --run runs such a file again, or goes on from its checkpoint. --steps and --seed \
        beside it take the place of those in the file (a seed only where there is no checkpoint), and \
        --resume that of the checkpoint; what else the file says cannot be given twice. \
        Without --run, --model, --networks and --steps are needed. A fit brings its own network: --networks \
        beside it cuts or scales the synapses of that. Its recorded stimuli are arrays, --stimulus FILE.npy, \
        as in spiking fit; the covariates, events and tables of its design are those of --recording, for as long as \
        that is, and --trials 100 repeats it.
        """)
  }

  @Option(
    help: ArgumentHelp(
      "A model by name, a JSON file, or a fit.", valueName: "NAME|FILE.json|FIT.npz"),
    completion: .names({ $0.names(.model) }, orFiles: ["json", "npz"]))
  var model: String?
  @OptionGroup var parameters: ParameterOptions
  @Option(
    help: ArgumentHelp(
      "A network (.npy, .npz, .csv, .txt), or a folder of .npy.", valueName: "FILE|DIR"),
    completion: .networkFile)
  var networks: String?
  @Option(help: ArgumentHelp("Which array of a .npz is the network.", valueName: "NAME"))
  var array: String?
  @OptionGroup var input: InputOptions
  @OptionGroup var replay: ReplayOptions
  @Option(
    parsing: .unconditional, help: "The number of bins to record.", transform: NumberText.whole)
  var steps: Int?
  @Option(
    parsing: .unconditional, help: "The bins before them, without stimuli. [default: 100]",
    transform: NumberText.whole)
  var equilibration: Int?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Stop where a network's neurons fire at more than this on average; inf: never. \
      [default: 750, or 3/4 of a spike a bin where no more can be]
      """, valueName: "HZ"), transform: NumberText.real)
  var maximumRate: Double?
  @Option(help: "How synapses are stored: automatic, dense or sparse.")
  var storage = StorageChoice.automatic
  @Option(
    help: ArgumentHelp(
      "Write a checkpoint (.npz) at the end, too. [default: where interrupted, beside the output]",
      valueName: "FILE"), completion: .archiveFile)
  var checkpoint: String?
  @Option(
    help: ArgumentHelp("Go on from a checkpoint.", valueName: "FILE"), completion: .archiveFile)
  var resume: String?
  @Option(
    name: .customLong("run"),
    help: ArgumentHelp(
      "Run what a file of --save-run says, or go on with it.", valueName: "FILE.json"),
    completion: .jsonFile)
  var runFile: String?
  @Option(
    help: ArgumentHelp("Write what the run is and where it stands.", valueName: "FILE.json"),
    completion: .jsonFile)
  var saveRun: String?
  @OptionGroup var seed: SeedOption
  @OptionGroup var options: RunOptions
  @OptionGroup var replacement: ReplacementOptions
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The spikes: events (.npz), dense counts [neurons, bins] (.npy), or units (.nwb).",
      valueName: "FILE"),
    completion: .file(extensions: ["npz", "npy", "nwb"]))
  var output: String

  func validate() throws {
    if runFile == nil { try requireModelAndNetworks() } else { try requireNothingTwice() }
    if resume != nil, saveRun != nil, runFile == nil, equilibration == nil {
      throw ValidationError(
        "--save-run: found beside --resume, expected --equilibration as well, that of the run that was "
          + "stopped")
    }
    if let steps { try require(steps, "steps", in: 1...BinnedSpikes.maximumBinCount) }
    try require(equilibration ?? 0, "equilibration", in: 0...BinnedSpikes.maximumBinCount)
    if let maximumRate, !(maximumRate > 0) {
      throw ValidationError(
        "--maximum-rate: found \(maximumRate), expected a positive rate in Hz, or inf")
    }
    if let checkpoint {
      guard checkpoint.lowercased().hasSuffix(".npz"), checkpoint != output else {
        throw ValidationError(
          "--checkpoint: found \(checkpoint.debugDescription), expected a name ending in .npz, "
            + "not that of --output")
      }
    }
    for case (let option, let path?) in [("run", runFile), ("save-run", saveRun)] {
      guard path.lowercased().hasSuffix(".json") else {
        throw ValidationError(
          "--\(option): found \(path.debugDescription), expected a name ending in .json")
      }
    }
    guard ["npz", "npy", "nwb"].contains(URL(filePath: output).pathExtension.lowercased()) else {
      throw ValidationError(
        "--output: found \(output.debugDescription), expected a name ending in .npz, .npy or .nwb")
    }
  }

  private func requireModelAndNetworks() throws {
    if replay.isForFits, model.map(ModelChoice.isFit) != true || networks != nil {
      throw ValidationError(
        "--\(replay.recording == nil ? "trials" : "recording"): found without a fit and its own network, "
          + "expected --model FIT.npz, and no --networks")
    }
    for (option, isGiven) in [
      ("model <NAME|FILE.json|FIT.npz>", model != nil),
      ("networks <FILE|DIR>", networks != nil || model.map(ModelChoice.isFit) == true),
      ("steps <steps>", steps != nil || replay.recording != nil),
    ] where !isGiven {
      throw ValidationError("Missing expected argument '--\(option)'")
    }
  }

  private func requireNothingTwice() throws {
    for (option, isGiven) in [
      ("model", model != nil), ("set", !parameters.assignments.isEmpty),
      ("networks", networks != nil), ("array", array != nil), ("delays", input.delays != nil),
      ("stimulus", !input.stimulus.isEmpty), ("recording", replay.recording != nil),
      ("trials", replay.trials != nil), ("equilibration", equilibration != nil),
      ("maximum-rate", maximumRate != nil),
    ] where isGiven {
      throw ValidationError("--\(option): found beside --run, expected one of the two")
    }
  }

  func run() async throws {
    let (run, networks, stopped) = try asked()
    try await simulate(run.model, run, networks, from: stopped)
  }

  private func simulate(
    _ model: some SpikingModel, _ run: Run, _ networks: [Connectivity], from stopped: Checkpoint?
  ) async throws {
    // A checkpoint and a description may be brought up to date in their places.
    let outputs = [
      ("--output", output), checkpoint.map { ("--checkpoint", $0) },
      saveRun.map { ("--save-run", $0) },
    ]
    let kept = [checkpoint, saveRun].compactMap(\.self).map(FileIdentity.init)
    let resumed = [run.checkpoint, runFile].compactMap(\.self).filter { path in
      !kept.contains(FileIdentity(path))
    }
    try replacement.check(
      outputs.compactMap(\.self),
      inputs: [run.networks, run.delays, self.model, replay.recording].compactMap(\.self)
        + input.stimulus + replay.reading.table + resumed)
    let job = RunToFile(
      simulator: Simulator(model, maximumRate: run.maximumRate),
      networks: try networks.map { try storage.apply(to: $0, of: networks.count) }, run: run,
      threads: options.threads, output: output, checkpoint: checkpoint,
      saveRun: saveRun)
    let summary = try await ProgressBar.during(quiet: options.quiet) { progress in
      try await Interruption.cancels { try await job.simulate(from: stopped, progress: progress) }
    }
    options.report(summary)
  }
}
