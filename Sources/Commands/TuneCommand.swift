internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking tune`: parameters with which networks fire at a given rate.
struct TuneCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "tune", abstract: "Tune parameters until networks fire at a given rate.",
      discussion: """
        One parameter is found by a root finder, several by a search that stops at the first point that \
        will do: one rate does not tell several parameters. All runs have the same random numbers, and \
        are lengthened until the standard error of the rate is as small as --relative-error; the rate \
        that is reported comes from random numbers of its own.

        Parameters of a stimulus are called stimulus.NAME, of several ones stimulus1.NAME, \
        stimulus2.NAME, …; --stimulus-output says where each of them goes.
        """)
  }

  @Option(help: ArgumentHelp("A model by name, or a JSON file.", valueName: "NAME|FILE.json"))
  var model: String
  @OptionGroup var parameterOptions: ParameterOptions
  @Option(
    help: ArgumentHelp(
      "A network (.npy, .npz, .csv, .txt), or a folder of .npy.", valueName: "FILE|DIR"))
  var networks: String
  @Option(
    help: ArgumentHelp(
      "The delays of the synapses in bins (.npy), or a folder of them with the names of the networks.",
      valueName: "FILE|DIR"))
  var delays: String?
  @Option(help: ArgumentHelp("A stimulus; may be repeated.", valueName: "FILE.json"))
  var stimulus: [String] = []
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The mean rate of all neurons to reach.", valueName: "HZ"))
  var targetRate: Double
  @Option(help: ArgumentHelp("The parameters to tune.", valueName: "a,b,…"))
  var parameters: String
  @Option(
    parsing: .unconditional,
    help: "The bins of the first runs; they are lengthened where that is too short.")
  var steps = 2000
  @Option(parsing: .unconditional, help: "The bins before them, without stimuli.")
  var equilibration = 100
  @Option(
    parsing: .unconditional,
    help: "The standard error of the rate to reach, as a fraction of the target.")
  var relativeError = 0.003
  @OptionGroup var seed: SeedOption
  @OptionGroup var options: RunOptions
  @Option(
    help: ArgumentHelp(
      "The tuned stimuli, in the order of --stimulus.", valueName: "FILE.json"))
  var stimulusOutput: [String] = []
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The tuned model.", valueName: "FILE.json"))
  var output: String

  private var names: [String] {
    parameters.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  func validate() throws {
    try require(steps, "steps", in: 1...SpikeTrains.maximumBinCount)
    try require(equilibration, "equilibration", in: 0...SpikeTrains.maximumBinCount)
    guard targetRate > 0, targetRate.isFinite else {
      throw ValidationError("--target-rate: found \(targetRate), expected a positive rate in Hz")
    }
    guard relativeError > 0, relativeError < 1 else {
      throw ValidationError(
        "--relative-error: found \(relativeError), expected a fraction between 0 and 1")
    }
    let expected = names.contains { $0.hasPrefix("stimulus") } ? stimulus.count : 0
    guard stimulusOutput.count == expected else {
      throw ValidationError(
        "--stimulus-output: found \(stimulusOutput.count) files, expected \(expected): one for each "
          + "stimulus where parameters of stimuli are tuned")
    }
    let outputs = stimulusOutput + [output]
    guard Set(outputs).count == outputs.count else {
      throw ValidationError(
        "--stimulus-output: found \(stimulusOutput.joined(separator: ", ")), expected different "
          + "files, none of them that of --output")
    }
  }

  func run() async throws {
    try await tune(try ModelChoice.load(model, parameterOptions))
  }

  private func tune(_ model: some SpikingModel) async throws {
    var networks = try ConnectivityFile.loadAll(networks)
    if let delays { networks = try DelayFile.load(delays, for: networks) }
    var stimuli: [TargetedStimulus] = []
    for path in stimulus {
      stimuli.append(
        try StimulusFile.load(path, neuronCounts: networks.map(\.neuronCount), dt: model.dt))
    }
    for path in [output] + stimulusOutput { try checkWritable(path) }
    let seed = seed.resolved()
    var tuner = RateTuner(
      targetRate: targetRate, relativeError: relativeError, steps: steps,
      equilibration: equilibration)
    tuner.maximumSteps = max(tuner.maximumSteps, steps)
    let tuned = try await tuner.tune(
      names, of: model, networks: networks, stimuli: stimuli, seed: seed, threads: options.threads)
    guard tuned.hasReachedTarget else {
      throw SpikingError(
        .invalidParameter, "--parameters \(parameters)",
        found: "\(text(tuned.rate)) after \(tuned.runs) runs, at \(values(tuned.values))",
        expected: "\(targetRate) Hz")
    }
    for (path, stimulus) in zip(stimulusOutput, tuned.stimuli) {
      try ParameterFile.save(stimulus, to: path, seed: seed)
    }
    try ParameterFile.save(tuned.model, to: output, seed: seed)
    options.report("before: \(text(tuned.initialRate)) at \(values(tuned.initialValues))")
    options.report("after:  \(text(tuned.rate)) at \(values(tuned.values))")
    options.report(
      "target \(targetRate) Hz, \(tuned.runs) runs of up to \(tuned.steps) bins, seed \(seed), "
        + "in \(([output] + stimulusOutput).joined(separator: ", "))")
  }

  private func values(_ values: [Double]) -> String {
    zip(names, values).map { "\($0) = \($1)" }.joined(separator: ", ")
  }

  private func text(_ rate: RateEstimate) -> String {
    func rounded(_ value: Double) -> String {
      value.formatted(.number.precision(.fractionLength(3)).grouping(.never))
    }
    return "\(rounded(rate.rate)) ± \(rounded(rate.standardError)) Hz"
  }
}
