internal import ArgumentParser
internal import Spiking

/// `spiking predict`: what a fit says of a recording, bin by bin, term by term and trial by trial.
struct PredictCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predict rates from a fit, with the part of each term, tuning curves and PSTHs.",
    discussion: """
      Writes DIR/predictions.npz: rates_hz [neurons, bins] and contribution/TERM [neurons, bins], which add up to the drive \
      with baseline [neurons]; of each tuning, event and category tuning_TERM, its part in the drive at the points of \
      tuning_TERM_grid, with standard errors where the fit has them and the recording is its own, and rates beside \
      recorded ones; psth and psth_predicted [conditions, neurons, bins]. DIR/predictions.json says what they are. \
      Figures are of the first \(PredictionFigures.maximumNeurons) neurons.
      """)

  @Argument(
    help: ArgumentHelp("A fit of spiking fit.", valueName: "FIT.npz"), completion: .archiveFile)
  var fit: String
  @OptionGroup var data: FittedDataOptions
  @OptionGroup var trials: AlignmentOptions
  @OptionGroup var memory: MemoryOption
  @OptionGroup var options: RunOptions
  @OptionGroup var folder: ResultsOptions

  func run() async throws {
    try folder.replacement.check(
      folder: folder.output, files: PredictionResults.files, inputs: [fit] + data.files)
    let whole = try CoupledFit(contentsOf: fit, catalogue: .current)
    var data = data
    try data.setWidths(ofFit: whole.dt)
    let (loaded, fitted) = try data.load(of: whole)
    var recording = loaded
    let inputs = try recording.inputs(of: fitted, fit)
    let alignment = try trials.alignment(in: recording.binned)
    var results = PredictionResults(fitted, recording, alignment)
    results.grids = try SpikingError.within(
      fit, TermGrid.all(of: fitted.design ?? Design([]), in: recording.binned))
    try folder.replacement.check(
      folder: folder.output,
      files: PredictionResults.files + (folder.noFigures ? [] : results.figureFiles),
      inputs: [fit] + data.files)
    do {
      try results.requireMemory(within: memory.limit)
      results.neurons = try await predictions(of: fitted, recording, inputs, results)
    } catch let error as SpikingError {
      throw error.code == .exceedsMemory
        ? error.withOptions(of: data.recording) : error.within(data.recording)
    }
    try await Interruption.leavesUnchanged(folder.output) { [folder, results] in
      try results.write(to: folder.output, withFigures: !folder.noFigures)
    }
    for notice in recording.notices + results.notices { options.report(notice) }
    if !options.quiet { results.report(to: folder.output) }
  }

  private func predictions(
    of fit: CoupledFit, _ recording: FittedData, _ inputs: FittedInputs,
    _ results: PredictionResults
  ) async throws -> [PredictedNeuron] {
    let alignment = results.alignment
    return try await ProgressBar.during(quiet: options.quiet) { progress in
      try await fit.mapRates(
        for: recording.spikes, stimuli: inputs.stimuli, offsets: recording.offsets,
        terms: inputs.terms, grids: results.grids, segments: recording.segments,
        memoryLimit: memory.limit, execution: .init(threads: options.threads, progress: progress)
      ) { PredictedNeuron($0, average: alignment?.average(of: $0)) }
    }
  }
}

/// What `spiking predict` keeps of one neuron.
struct PredictedNeuron: Sendable {
  let rates: RatePrediction
  let average: TrialAverage?

  init(_ rates: RatePrediction, average: TrialAverage?) {
    self.rates = rates
    self.average = average
  }

  var neuron: Int { rates.neuron }
  var spikes: Int { rates.prediction.spikeCount }
}
