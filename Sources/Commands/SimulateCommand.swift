internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking simulate`: a model on networks, to a file of spikes.
struct SimulateCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "simulate", abstract: "Simulate a model on networks and write its spikes.",
      discussion: """
        Models: \(Catalogue.current.modelNames). `spiking info NAME` lists the parameters of one.

        The same seed gives the same spikes for any number of threads. The random numbers of a network \
        belong to its name (the name of its file), so that it fires alone as it does among others.

        Spikes go to disk as they come. A run that is interrupted (control-C, SIGTERM) writes a \
        checkpoint; the same command with --resume goes on from it, on any number of threads, and ends \
        with the spikes of a run that was never stopped.
        """)
  }

  @Option(
    help: ArgumentHelp(
      "A model by name, or a JSON file.", valueName: "NAME|FILE.json"))
  var model: String
  @OptionGroup var parameters: ParameterOptions
  @Option(
    help: ArgumentHelp(
      "A network (.npy, .npz, .csv, .txt), or a folder of .npy.", valueName: "FILE|DIR"))
  var networks: String
  @Option(help: ArgumentHelp("Which array of a .npz is the network.", valueName: "NAME"))
  var array: String?
  @Option(help: ArgumentHelp("A stimulus; may be repeated.", valueName: "FILE.json"))
  var stimulus: [String] = []
  @Option(parsing: .unconditional, help: "The number of bins to record.")
  var steps: Int
  @Option(parsing: .unconditional, help: "The bins before them, without stimuli.")
  var equilibration = 100
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Stop where a network's neurons fire at more than this on average; inf: never.",
      valueName: "HZ"))
  var maximumRate = 2000.0
  @Option(help: "How synapses are stored: automatic, dense or sparse.")
  var storage = StorageChoice.automatic
  @Option(
    help: ArgumentHelp(
      "Write a checkpoint (.npz) at the end, too. [default: where interrupted, beside the output]",
      valueName: "FILE"))
  var checkpoint: String?
  @Option(help: ArgumentHelp("Go on from a checkpoint.", valueName: "FILE"))
  var resume: String?
  @OptionGroup var seed: SeedOption
  @OptionGroup var options: RunOptions
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The spikes: events (.npz), or dense counts [neurons, bins] (.npy).", valueName: "FILE"))
  var output: String

  func validate() throws {
    try require(steps, "steps", in: 1...SpikeTrains.maximumBinCount)
    try require(equilibration, "equilibration", in: 0...SpikeTrains.maximumBinCount)
    guard maximumRate > 0 else {
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
    guard ["npz", "npy"].contains(URL(filePath: output).pathExtension.lowercased()) else {
      throw ValidationError(
        "--output: found \(output.debugDescription), expected a name ending in .npz or .npy")
    }
  }

  func run() async throws {
    let (prototype, file) = try loadModel()
    try await simulate(prototype, file)
  }

  private func loadModel() throws -> (any SpikingModel, ParameterFile?) {
    guard model.hasSuffix(".json") else { return (try Catalogue.current.model(model), nil) }
    let file = try ParameterFile(contentsOf: model)
    guard file.kind == .model else {
      throw SpikingError(.invalidData, model, found: "a \(file.kind)", expected: "a model")
    }
    do {
      return (try Catalogue.current.model(file.typeName), file)
    } catch {
      throw error.within(model)
    }
  }

  private func simulate(_ prototype: some SpikingModel, _ file: ParameterFile?) async throws {
    var model = prototype
    try file?.apply(to: &model)
    try parameters.apply(to: &model)
    let loaded = try loadNetworks()
    let networks = try loaded.map { try storage.apply(to: $0, of: loaded.count) }
    let neuronCounts = networks.map(\.neuronCount)
    let stimuli = try stimulus.map {
      try StimulusFile.load($0, neuronCounts: neuronCounts, dt: model.dt)
    }
    if let checkpoint { try checkWritable(checkpoint) }
    let run = RunToFile(
      simulator: Simulator(model, maximumRate: maximumRate), networks: networks, stimuli: stimuli,
      steps: steps, equilibration: equilibration, seed: seed, threads: options.threads,
      output: output, checkpoint: checkpoint, resume: resume)
    let summary = try await ProgressBar.during(quiet: options.quiet) { progress in
      try await Interruption.cancels { try await run.simulate(progress: progress) }
    }
    options.report(summary)
  }

  private func loadNetworks() throws -> [Connectivity] {
    guard let array else { return try ConnectivityFile.loadAll(networks) }
    return [try ConnectivityFile(networks).load(array: array)]
  }
}
