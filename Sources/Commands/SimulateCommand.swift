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
    let networks = try loadNetworks()
    let neuronCounts = networks.map(\.neuronCount)
    let stimuli = try stimulus.map { try StimulusFile.load($0, neuronCounts: neuronCounts) }
    try checkWritable(output)
    let seed = seed.resolved()
    let simulator = Simulator(model)
    let spikes = try await ProgressBar.during(quiet: options.quiet) { progress in
      try await simulator.run(
        networks, steps: steps, equilibration: equilibration, stimuli: stimuli, seed: seed,
        threads: options.threads, progress: progress)
    }
    try SpikeTrainsFile.save(spikes, to: output)
    let rate = 1000 * Double(spikes.spikeCount) / Double(spikes.neuronCount) / spikes.duration
    let hertz = rate.formatted(.number.precision(.fractionLength(2)).grouping(.never))
    options.report(
      "\(spikes.spikeCount) spikes of \(spikes.neuronCount) neurons, \(hertz) Hz a neuron, "
        + "in \(output), seed \(seed)")
  }

  private func loadNetworks() throws -> [Connectivity] {
    guard let array else { return try ConnectivityFile.loadAll(networks) }
    return [try ConnectivityFile(networks).load(array: array)]
  }
}

/// Stimuli as JSON files.
enum StimulusFile {
  /// The stimulus of a file, whose targets must fit networks of these sizes.
  static func load(_ path: String, neuronCounts: [Int]) throws -> TargetedStimulus {
    let file = try ParameterFile(contentsOf: path)
    guard file.kind == .stimulus else {
      throw SpikingError(.invalidData, path, found: "a \(file.kind)", expected: "a stimulus")
    }
    let prototype: any Stimulus
    do {
      prototype = try Catalogue.current.stimulus(file.typeName)
    } catch {
      throw error.within(path)
    }
    let stimulus = try configured(prototype, file)
    try file.checkMask(neuronCounts: neuronCounts)
    do {
      try stimulus.stimulus.validate()
      // The simulator checks this, too, but no longer knows the file.
      try stimulus.targets.validate(neuronCounts: neuronCounts)
    } catch {
      throw error.within(path)
    }
    return stimulus
  }

  private static func configured(
    _ prototype: some Stimulus, _ file: ParameterFile
  ) throws -> TargetedStimulus {
    var stimulus = prototype
    try file.apply(to: &stimulus)
    return TargetedStimulus(stimulus, targets: file.targets)
  }
}
