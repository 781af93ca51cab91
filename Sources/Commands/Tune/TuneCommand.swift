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
        will do: one rate does not tell several parameters. All rates come from the same random \
        numbers, in runs that are lengthened, or repeated with --steps, until the standard error is as \
        small as --relative-error and they are long against what activity remembers; the rate that is \
        reported comes from random numbers of its own. With a stimulus that ends, --steps says where to \
        stop counting. A few neurons that fire rarely take long runs: a larger --relative-error ends \
        earlier.

        Parameters of a stimulus are called stimulus.NAME, of several ones stimulus1.NAME, \
        stimulus2.NAME, …; --stimulus-output says where each of them goes.
        """)
  }

  @OptionGroup var simulated: ModelOptions
  @OptionGroup var input: InputOptions
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The mean rate of all neurons to reach.", valueName: "HZ"),
    transform: NumberText.real)
  var targetRate: Double
  @Option(help: ArgumentHelp("The parameters to tune.", valueName: "a,b,…"))
  var parameters: String
  @Option(
    parsing: .unconditional,
    help: """
      The bins over which the rate is counted, in as many runs as it takes. [default: one run, as long as \
      it takes]
      """, transform: NumberText.whole)
  var steps: Int?
  @Option(
    parsing: .unconditional,
    help: """
      The bins before them, without stimuli. [default: as many as activity takes to forget its beginning]
      """, transform: NumberText.whole)
  var equilibration: Int?
  @Option(
    parsing: .unconditional,
    help: "The standard error of the rate to reach, as a fraction of the target. [default: 0.003]",
    transform: NumberText.real)
  var relativeError = 0.003
  @Option(
    parsing: .unconditional,
    help:
      "The most bins of a run, or of all that make a rate; precision ends there. [default: 1000000000]",
    transform: NumberText.whole)
  var maximumSteps = 1_000_000_000
  @OptionGroup var seed: SeedOption
  @OptionGroup var options: RunOptions
  @OptionGroup var replacement: ReplacementOptions
  @Option(
    help: ArgumentHelp(
      "The tuned stimuli, in the order of --stimulus.", valueName: "FILE.json"),
    completion: .jsonFile)
  var stimulusOutput: [String] = []
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The tuned model.", valueName: "FILE.json"),
    completion: .jsonFile)
  var output: String

  private var names: [String] {
    parameters.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  func validate() throws {
    if let steps { try require(steps, "steps", in: 1...BinnedSpikes.maximumBinCount) }
    for (option, path) in [("output", output)] + stimulusOutput.map({ ("stimulus-output", $0) })
    where !path.lowercased().hasSuffix(".json") {
      throw ValidationError(
        "--\(option): found \(path.debugDescription), expected a name ending in .json")
    }
    if let equilibration {
      try require(equilibration, "equilibration", in: 0...BinnedSpikes.maximumBinCount)
    }
    try require(maximumSteps, "maximum-steps", in: 2000...BinnedSpikes.maximumBinCount)
    guard targetRate > 0, targetRate < 2000 else {
      throw ValidationError(
        "--target-rate: found \(targetRate), expected a rate above 0 and below 2000 Hz")
    }
    guard relativeError > 0, relativeError < 1 else {
      throw ValidationError(
        "--relative-error: found \(relativeError), expected a fraction between 0 and 1")
    }
    let expected = names.contains { $0.hasPrefix("stimulus") } ? input.stimulus.count : 0
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
    try await tune(try simulated.loadModel())
  }

  private func tune<Model: SpikingModel>(_ model: Model) async throws {
    var networks = try [Connectivity](contentsOf: simulated.networks)
    if let delays = input.delays { networks = try networks.withDelays(contentsOf: delays) }
    let stimuli = try input.stimuli(for: networks, dt: model.dt)
    try replacement.check(
      [("--output", output)] + stimulusOutput.map { ("--stimulus-output", $0) },
      inputs: [simulated.model, simulated.networks, input.delays].compactMap(\.self)
        + input.stimulus)
    let seed = seed.resolved()
    var tuner = RateTuner(
      targetRate: targetRate, relativeError: relativeError, steps: steps,
      equilibration: equilibration)
    tuner.maximumSteps = max(maximumSteps, steps ?? 0)
    let status = ProgressBar(isQuiet: options.quiet, "run 1")
    defer { status.finish() }
    let tuned: TunedRate<Model>
    do {
      tuned = try await tuner.tune(
        names, of: model, networks: networks, stimuli: stimuli, seed: seed,
        execution: .init(threads: options.threads)
      ) { run, point, rate in
        status.show("run \(run): \(text(rate)) at \(values(point))")
      }
    } catch let error as SpikingError where error.code == .unknownName {
      throw SpikingError(.wrongCommandLine, "--\(error.subject)", error.message)
    }
    status.finish()
    guard tuned.hasReachedTarget else {
      throw SpikingError(
        .invalidParameter, "--parameters \(parameters)",
        found: "\(text(tuned.rate)) after \(tuned.runs) rates, at \(values(tuned.values))",
        expected: tuned.rate.standardError > 0.1 * targetRate
          ? "an error that tells whether it is \(targetRate) Hz: --maximum-steps allows longer runs"
          : "\(targetRate) Hz, which may be out of reach")
    }
    for (path, stimulus) in zip(stimulusOutput, tuned.stimuli) {
      try stimulus.write(to: path, seed: seed)
    }
    try tuned.model.write(to: output, seed: seed)
    options.report("before: \(text(tuned.initialRate)) at \(values(tuned.initialValues))")
    options.report("after:  \(text(tuned.rate)) at \(values(tuned.values))")
    options.report(
      "target \(targetRate) Hz, \(tuned.runs) rates from up to \(tuned.steps * tuned.repetitions) bins, "
        + "seed \(seed), "
        + "in \(([output] + stimulusOutput).joined(separator: ", "))")
    if !tuned.isPrecise { options.report(precision(tuned)) }
  }

  /// What is less than was asked for: how well the rate is known, not where it is.
  private func precision(_ tuned: TunedRate<some SpikingModel>) -> String {
    func percent(_ fraction: Double) -> String {
      (100 * fraction).formatted(.number.precision(.significantDigits(1...2)).grouping(.never))
    }
    let reached = tuned.rate.standardError / targetRate
    return "note: the target is reached, known to \(percent(reached)) % and not to the "
      + "\(percent(relativeError)) % of --relative-error, for want of --maximum-steps; "
      + "--relative-error \((reached * 1.1).formatted(.number.precision(.significantDigits(1)))) "
      + "asks for less"
  }

  private func values(_ values: [Double]) -> String {
    zip(names, values).map { "\($0) = \($1)" }.joined(separator: ", ")
  }

  private func text(_ rate: RateEstimate) -> String {
    if rate.rate == .infinity { return "networks that ran away" }
    // One digit of the error, at least three decimals.
    let error = rate.standardError
    let digits = error > 0 && error.isFinite ? Int((-log10(error)).rounded(.up)) + 1 : 0
    func rounded(_ value: Double) -> String {
      value.formatted(.number.precision(.fractionLength(min(max(digits, 3), 12))).grouping(.never))
    }
    return "\(rounded(rate.rate)) ± \(rounded(rate.standardError)) Hz"
  }
}
