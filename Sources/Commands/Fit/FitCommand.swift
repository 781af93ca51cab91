internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking fit`: coupled models fitted to recorded spikes.
struct FitCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "fit", abstract: "Fit coupled generalized linear models to spikes.",
      discussion: """
        For each neuron a baseline, a filter of its own past (--history), filters of the spikes of the other \
        neurons (--coupling) and of stimuli, by maximum likelihood. Bases are NAME:COUNT:WINDOW, such as \
        raised-cosine-log:5:20, five functions over 20 bins, or none; without a history basis a neuron's own \
        spikes go through the coupling basis. The first bins, as many as the longest filter, are not evaluated.

        What else rates depend on are terms, of covariates, events and tables that the recording has or --table adds: \
        --tuning, --event, --category, or any of \(Catalogue.current.termNames.joined(separator: ", ")) in a file \
        (--design).

        Bases: \(Catalogue.current.list(.basis)). `spiking info NAME` lists the parameters of a \
        nonlinearity or an emission, which --set changes.

        spiking check evaluates the fit, on this or on another recording, and simulate --model FIT.npz runs it.
        """)
  }

  @OptionGroup var data: FittedDataOptions
  @OptionGroup var emission: EmissionOptions
  @OptionGroup var designed: DesignOptions
  @Option(
    help: ArgumentHelp(
      "The functions of history filters. [default: \(usualBasis), or what --design says]",
      valueName: "BASIS"), completion: .bases)
  var history: String?
  @Option(
    help: ArgumentHelp(
      "The functions of coupling filters. [default: \(usualBasis), or what --design says]",
      valueName: "BASIS"), completion: .bases
  )
  var coupling: String?
  @Option(
    help: ArgumentHelp(
      "The functions of stimulus filters; the first acts in the bin of the stimulus.",
      valueName: "BASIS"), completion: .bases)
  var stimulusBasis = "identity:1"
  @Option(
    help: ArgumentHelp(
      "Which synapses can be there: truth values [pre, post]. [default: all of a network]",
      valueName: "FILE.npy"), completion: .numpyFile)
  var mask: String?
  @Option(
    help: ArgumentHelp(
      "The sign of the synapses of each neuron: 1, -1, or 0 where unknown [neurons].",
      valueName: "FILE.npy"), completion: .numpyFile)
  var signs: String?
  @OptionGroup var penalty: PenaltyOptions
  @OptionGroup var selection: CrossValidationOptions
  @OptionGroup var stability: StabilityOptions
  @Flag(
    help:
      "Standard errors of all coefficients, and the probability of each input by its likelihood ratio."
  )
  var standardErrors = false
  @Option(
    parsing: .unconditional,
    help: "The gradient at which a search ends, where second derivatives are 1. [default: 1e-7]",
    transform: NumberText.real)
  var tolerance = 1e-7
  @Option(help: "The search: bfgs, conjugate-gradient or steepest-descent.")
  var method = SearchMethod.bfgs
  @OptionGroup var memory: MemoryOption
  @OptionGroup var options: RunOptions
  @OptionGroup var replacement: ReplacementOptions
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The fit.", valueName: "FIT.npz"),
    completion: .archiveFile)
  var output: String

  private static var usualBasis: String { "raised-cosine-log:5:20" }

  /// The names of the methods.
  enum SearchMethod: String, CaseIterable, ExpressibleByArgument {
    case bfgs
    case conjugateGradient = "conjugate-gradient"
    case steepestDescent = "steepest-descent"

    var method: GradientMinimizer.Method {
      switch self {
      case .bfgs: .bfgs
      case .conjugateGradient: .conjugateGradient
      case .steepestDescent: .steepestDescent
      }
    }
  }

  func validate() throws {
    guard output.lowercased().hasSuffix(".npz") else {
      throw ValidationError(
        "--output: found \(output.debugDescription), expected a name ending in .npz")
    }
    if designed.design != nil, history != nil || coupling != nil {
      throw ValidationError(
        "--design: found beside --history or --coupling, expected these as terms of the design")
    }
    if emission.fitsShape, selection.isAsked {
      throw ValidationError(
        "--shape: found fit beside --cross-validate or --evidence, expected a number")
    }
    guard tolerance > 0, tolerance < 1 else {
      throw ValidationError("--tolerance: found \(tolerance), expected a number between 0 and 1")
    }
    if stimulusBasis == "none", !data.stimulus.isEmpty {
      throw ValidationError(
        "--stimulus-basis: found none beside --stimulus, expected a basis, or no stimulus")
    }
    if standardErrors, penalty.isSparse || signs != nil {
      throw ValidationError(
        "--standard-errors: found a lasso or signs, under which estimates have none")
    }
    if stability.stableUpTo != nil, penalty.isSparse || signs != nil || standardErrors {
      throw ValidationError(
        "--stable-up-to: found beside a lasso, signs or --standard-errors, expected none of them")
    }
  }

  func run() async throws {
    let file = try designed.file()
    let design = try file?.design ?? self.design()
    var data = data
    let notice = data.setWidths(ofDesign: file?.bin, in: designed.design)
    let recording = try data.load(reach: try reach(design))
    if let notice { options.report(notice) }
    let (nonlinearity, emission) = try emission.parts(dt: recording.spikes.dt, of: file)
    try replacement.check(
      [("--output", output)],
      inputs: data.files + [mask, signs, designed.design].compactMap(\.self))
    try await fit(recording, design, nonlinearity, emission)
  }

  /// The design of the options.
  private func design() throws(SpikingError) -> Design {
    var parts: [Design.Part] = []
    if let basis = try basis(history ?? Self.usualBasis, "history") {
      parts.append(Design.Part(History(basis)))
    }
    if let basis = try basis(coupling ?? Self.usualBasis, "coupling") {
      parts.append(Design.Part(Coupling(basis)))
    }
    return Design(parts + (try designed.parts()))
  }

  private func fitter<InverseLink: Nonlinearity, EmissionModel: Emission>(
    _ nonlinearity: InverseLink, _ emission: EmissionModel, _ design: Design,
    _ recording: inout FittedData
  ) throws(SpikingError) -> CoupledFitter<InverseLink, EmissionModel> {
    do throws(SpikingError) {
      let resolved = try design.resolved(in: recording.binned)
      let inputs = try DesignInputs(resolved, in: recording.binned)
      try recording.add(inputs)
      return CoupledFitter(nonlinearity, emission, design: resolved, inputs)
    } catch {
      throw designed.design.map { error.within($0) } ?? error
    }
  }

  private func fit(
    _ loaded: FittedData, _ design: Design, _ nonlinearity: some Nonlinearity,
    _ emission: some Emission
  ) async throws {
    var recording = loaded
    let spikes = recording.spikes
    var fitter = try fitter(nonlinearity, emission, design, &recording)
    if let basis = try basis(stimulusBasis, "stimulus-basis") {
      fitter.stimuli += recording.covariates(
        Array(repeating: basis, count: recording.stimuli.count))
    }
    fitter.offsets = recording.offsets
    let count = spikes.neuronCount
    fitter.mask = try mask.map { path throws(SpikingError) in
      try ConnectionMask(
        NumPyArray(contentsOf: path).requiring([count, count]).booleans(), neuronCount: count)
    }
    fitter.signs =
      try signs.map { path throws(SpikingError) in
        try NumPyArray(contentsOf: path).requiring([count]).integers()
      } ?? []
    fitter.memoryLimit = memory.limit
    fitter.penalty = penalty.penalty
    fitter.stableRate = stability.stableUpTo
    fitter.hasStandardErrors = standardErrors
    fitter.minimizer.tolerance = tolerance
    fitter.minimizer.method = method.method
    let (run, segments) = (fitter, recording.segments)
    let clock = ContinuousClock()
    let start = clock.now
    let execution: @Sendable ((@Sendable (Double) -> Void)?) -> Execution = { [options] progress in
      Execution(threads: options.threads, progress: progress)
    }
    let found: FoundFit = try await ProgressBar.during(quiet: options.quiet) {
      [selection, data, emissions = self.emission] progress in
      do {
        if emissions.fitsShape {
          return .emission(
            try await run.fit(
              spikes, finding: "shape", segments: segments, execution: execution(progress)))
        }
        return try await selection.fit(
          run, spikes, segments: segments, hasTrials: data.part.trials != nil,
          execution: execution(progress))
      } catch let error as SpikingError {
        throw error.withOptions(of: data.recording)
      }
    }
    let fit = found.fit
    let seconds = (clock.now - start) / .seconds(1)
    try found.write(to: output)
    for notice in recording.notices { options.report(notice) }
    if !options.quiet {
      FitTable(fit).print()
      if let summary = found.summary { Terminal.say(summary) }
      let lines = try await ProgressBar.during(quiet: options.quiet) { progress in
        try await stability.lines(
          fit, limit: memory.limit,
          execution: .init(threads: options.threads, progress: progress))
      }
      FitTable.printSummary(fit, stability: lines, seconds: seconds, output: output)
    }
  }

  /// How many bins the longest filter reaches back.
  private func reach(_ design: Design) throws(SpikingError) -> Int {
    let stimulus = data.stimulus.isEmpty ? nil : try basis(stimulusBasis, "stimulus-basis")
    return max(design.reach, (stimulus?.window ?? 1) - 1)
  }

  private func basis(_ text: String, _ option: String) throws(SpikingError) -> (any Basis)? {
    do { return try Catalogue.current.basis(text) } catch {
      throw error.within(option: "--\(option)", kind: "basis")
    }
  }
}

/// What weights cost.
struct PenaltyOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The strength on half the squares of weights. [default: 0]", valueName: "λ"),
    transform: NumberText.real)
  var ridge = 0.0
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The strength on their absolute values. [default: 0]", valueName: "λ"),
    transform: NumberText.real)
  var lasso = 0.0
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The strength on the lengths of whole filters. [default: 0]", valueName: "λ"),
    transform: NumberText.real)
  var groupLasso = 0.0
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The strength on half the squares of differences of neighbouring weights. [default: 0]",
      valueName: "λ"), transform: NumberText.real)
  var smooth = 0.0
  @Option(
    parsing: .unconditional,
    help: "Of which order these differences are: 1 or 2. [default: 1]", transform: NumberText.whole)
  var smoothOrder = 1

  var penalty: Penalty {
    Penalty(
      ridge: ridge, lasso: lasso, groupLasso: groupLasso, smooth: smooth, order: smoothOrder)
  }
  var isSparse: Bool { lasso > 0 || groupLasso > 0 }

  func validate() throws {
    for (name, value) in [
      ("ridge", ridge), ("lasso", lasso), ("group-lasso", groupLasso), ("smooth", smooth),
    ]
    where !(value >= 0 && value.isFinite) {
      throw ValidationError("--\(name): found \(value), expected a strength of at least 0")
    }
    try require(smoothOrder, "smooth-order", in: 1...2)
  }
}
