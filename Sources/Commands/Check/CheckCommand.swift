internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking check`: how well a fit explains a recording.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Evaluate a fit on a recording, the one it was fitted to or another.",
    discussion: """
      Writes DIR/check.json (for each neuron log-likelihoods, bits per spike and pseudo-R² against a constant \
      rate, that of the recording of the fit, deviance, and the test of time rescaling; null where \
      undefined), DIR/check.npz (rescaled intervals) and figures. Neurons, bins and stimuli are those of the \
      fit; --start and --stop choose a part that was not fitted.

      The band of time rescaling, 1.36/√n, is that of a model whose coefficients are known. A right model \
      that was fitted hardly ever leaves it in its own data, and more often than it says in others: \
      --bootstrap 200 simulates each neuron 200 times, fits it again, and gives the band and the p-value \
      from that.
      """)

  @Argument(
    help: ArgumentHelp("A fit of spiking fit.", valueName: "FIT.npz"), completion: .archiveFile)
  var fit: String
  @OptionGroup var data: FittedDataOptions
  @Option(
    parsing: .unconditional, help: "The seed of the random numbers of time rescaling. [default: 0]",
    transform: NumberText.whole)
  var seed: UInt64 = 0
  @OptionGroup var memory: MemoryOption
  @OptionGroup var options: RunOptions
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Bands of time rescaling from so many simulated fits of each neuron.", valueName: "N"),
    transform: NumberText.whole)
  var bootstrap: Int?
  @OptionGroup var folder: ResultsOptions

  func validate() throws {
    // Of less there is no band of 95 %.
    if let bootstrap { try require(bootstrap, "bootstrap", in: 19...1_000_000) }
  }

  func run() async throws {
    try folder.replacement.check(
      folder: folder.output, files: CheckResults.files, inputs: [fit] + data.files)
    let whole = try CoupledFit(contentsOf: fit, catalogue: .current)
    var data = data
    try data.setWidths(ofFit: whole.dt)
    let (loaded, fitted) = try data.load(of: whole)
    var recording = loaded
    let inputs = try recording.inputs(of: fitted, fit)
    try await check(fitted, recording, inputs)
  }

  private func check(
    _ fit: CoupledFit, _ recording: FittedData, _ inputs: FittedInputs
  ) async throws {
    let (stimuli, terms) = (inputs.stimuli, inputs.terms)
    let events =
      fit.emission is PoissonEmission
      ? PredictedSpikes.Events.poissonSpikes : .occupiedBins
    let neurons: [CheckedNeuron]
    do {
      // A prediction has numbers for every bin, of which only what is written is kept.
      neurons = try await ProgressBar.during(quiet: options.quiet) { progress in
        try await fit.mapPredictions(
          for: recording.spikes, stimuli: stimuli, offsets: recording.offsets,
          terms: terms, segments: recording.segments, memoryLimit: memory.limit,
          execution: .init(threads: options.threads, progress: progress)
        ) { [seed] in
          try CheckedNeuron($0, events: events, seed: seed, isOwn: fit.isFitted(to: $0))
        }
      }
    } catch let error as SpikingError {
      throw error.code == .exceedsMemory
        ? error.withOptions(of: data.recording) : error.within(data.recording)
    }
    let isOwn = neurons.allSatisfy(\.isOwn)
    var references: CheckReferences?
    if let bootstrap {
      let bootstrap = RescalingBootstrap(
        samples: bootstrap, data: isOwn ? .own : .heldOut, events: events, seed: seed)
      references = CheckReferences(
        bootstrap,
        try await ProgressBar.during(quiet: options.quiet) { progress in
          try await bootstrap.references(
            of: fit, for: recording.spikes, stimuli: stimuli, offsets: recording.offsets,
            terms: terms, segments: recording.segments,
            execution: .init(threads: options.threads, progress: progress))
        })
    }
    let results = CheckResults(neurons, references: references, seed: seed)
    try await Interruption.leavesUnchanged(folder.output) { [folder] in
      try results.write(to: folder.output, withFigures: !folder.noFigures)
    }
    for notice in recording.notices { options.report(notice) }
    if !options.quiet {
      results.report(to: folder.output)
      print(references?.summary ?? CheckReferences.missing(isOwn: isOwn))
    }
  }
}

/// What the distances of time rescaling are compared with.
struct CheckReferences {
  /// How the references were made.
  let bootstrap: RescalingBootstrap
  /// For each neuron √n D of simulated fits.
  let statistics: [[Double]]

  init(_ bootstrap: RescalingBootstrap, _ statistics: [[Double]]) {
    self.bootstrap = bootstrap
    self.statistics = statistics
  }

  /// What stands below the table.
  var summary: String {
    let missing = statistics.count(where: \.isEmpty)
    let kind = bootstrap.data == .own ? "fitted to this recording" : "held-out spikes"
    return "bands of \(bootstrap.samples) simulated fits, \(kind)"
      + (missing == 0
        ? "" : "; those of \(missing) silent or unstable neurons are of known coefficients")
  }

  /// What stands there without a bootstrap.
  static func missing(isOwn: Bool) -> String {
    "the bands are those of known coefficients: a right model that was fitted leaves them "
      + (isOwn ? "hardly ever in its own spikes" : "more often than 5 % in held-out spikes")
      + "; --bootstrap 200 gives its own"
  }
}
