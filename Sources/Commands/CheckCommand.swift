internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking check`: how well a fit explains a recording.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Score a fit on a recording, the one it was fitted to or another.",
    discussion: """
      Writes DIR/check.json (for each neuron log-likelihoods, bits per spike and pseudo-R² against a constant \
      rate, that of the recording of the fit, deviance, and the test of time rescaling; null where \
      undefined), DIR/check.npz (rescaled intervals) and figures. Neurons, bins and stimuli are those of the \
      fit; --start and --stop choose a part that was not fitted.
      """)

  @Argument(help: ArgumentHelp("A fit of spiking fit.", valueName: "FIT.npz"))
  var fit: String
  @OptionGroup var data: FittedDataOptions
  @Option(
    parsing: .unconditional, help: "The seed of the random numbers of time rescaling.")
  var seed: UInt64 = 0
  @OptionGroup var options: RunOptions
  @Flag(help: "Draw no figures.")
  var noFigures = false
  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "DIR"))
  var output: String

  func validate() throws { try requireFolder(output) }

  func run() async throws {
    let file = try FitFile(contentsOf: fit)
    let choice = try ObservationChoice(file, path: fit)
    var data = data
    try data.setWidths(ofFit: file.fit.dt)
    let recording = try data.load(reach: file.fit.reach)
    guard recording.stimuli.count == file.fit.stimuli.count else {
      throw SpikingError(
        .invalidParameter, "--stimulus", found: "\(recording.stimuli.count) stimuli or channels",
        expected: "\(file.fit.stimuli.count), as \(fit) has")
    }
    try await check(
      file.fit, recording, choice, choice.function(dt: file.fit.dt), choice.distribution)
  }

  private func check(
    _ fit: CoupledFit, _ recording: FittedData, _ choice: ObservationChoice,
    _ nonlinearity: some Nonlinearity, _ emission: some Emission
  ) async throws {
    var fitter = CoupledFitter(
      nonlinearity, emission, history: fit.history, coupling: fit.coupling,
      stimuli: recording.covariates(fit.stimuli))
    fitter.offsets = recording.offsets
    let predictions: [CoupledPrediction]
    do {
      predictions = try await fitter.predictions(
        of: fit, for: recording.spikes, segments: recording.segments, threads: options.threads)
    } catch let error as SpikingError {
      throw error.within(data.recording)
    }
    let results = try CheckResults(
      predictions, events: choice.emission == .poisson ? .poissonSpikes : .occupiedBins, seed: seed)
    try results.write(to: output, withFigures: !noFigures)
    for notice in recording.notices { options.report(notice) }
    if !options.quiet { results.report(to: output) }
  }
}
