internal import ArgumentParser
internal import Spiking

/// `spiking compare`: which terms explain which neurons.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare designs by spikes that were held out of their fits.",
    discussion: """
      Fits each design (see spiking fit --design) to the same bins, those that all of them can evaluate, divided into the \
      same folds for all designs and neurons. --designs compares the others with the first; --drop-each a design with what is \
      left of it without each of its terms; --select adds to each neuron, one after the other, the terms with which held-out \
      spikes are more likely by more than chance (Wilcoxon's signed ranks of the folds; Hardcastle et al. 2017).

      Writes DIR/comparison.json and DIR/comparison.csv: bits per spike of the held-out bins against a constant rate, that of \
      the other bins; the difference from the reference with its standard error over the folds; probabilities of gains and \
      losses, and of likelihood ratios where designs are nested and nothing is penalised, each also adjusted for the number of \
      neurons; Akaike's and the Bayesian criterion; null where undefined. With --select the terms of each neuron and the steps \
      to them.
      """)

  @OptionGroup var data: FittedDataOptions
  @OptionGroup var chosen: ComparedDesignOptions
  @OptionGroup var emission: EmissionOptions
  @Option(
    help: ArgumentHelp(
      "The functions of the filters of --stimulus, which all designs have.", valueName: "BASIS"),
    completion: .bases)
  var stimulusBasis = "identity:1"
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Into how many folds bins are divided. [default: 10]", valueName: "K"),
    transform: NumberText.whole)
  var folds = 10
  @OptionGroup var division: FoldOptions
  @OptionGroup var penalty: PenaltyOptions
  @OptionGroup var memory: MemoryOption
  @OptionGroup var options: RunOptions
  @OptionGroup var folder: ResultsOptions

  func validate() throws {
    try require(folds, "folds", in: 2...1000)
    if emission.fitsShape {
      throw ValidationError("--shape: found fit, expected a number: the same for all designs")
    }
    if stimulusBasis == "none" {
      throw ValidationError("--stimulus-basis: found none, expected a basis, NAME:COUNT:WINDOW")
    }
  }

  func run() async throws {
    let files = try chosen.files()
    try folder.replacement.check(
      folder: folder.output, files: ComparisonNames.all, inputs: data.files + chosen.paths)
    var data = data
    let notice = data.setWidths(ofDesign: files.first?.file.bin, in: files.first?.path)
    if let notice { options.report(notice) }
    let basis: (any Basis)?
    do { basis = try Catalogue.current.basis(stimulusBasis) } catch {
      throw error.within(option: "--stimulus-basis", kind: "basis")
    }
    let stimuli = data.stimulus.isEmpty ? nil : basis
    let recording = try data.load(
      reach: max(files.map(\.file.design.reach).max() ?? 0, (stimuli?.window ?? 1) - 1))
    let (nonlinearity, emission) = try emission.parts(
      dt: recording.spikes.dt, of: files.first?.file)
    try await compare(recording, stimuli, files, nonlinearity, emission)
  }

  private func compare<InverseLink: Nonlinearity, EmissionModel: Emission>(
    _ recording: FittedData, _ stimuli: (any Basis)?, _ files: [NamedDesign],
    _ nonlinearity: InverseLink, _ emission: EmissionModel
  ) async throws {
    var comparer = DesignComparer(nonlinearity, emission)
    comparer.folds = folds
    comparer.division = division.rule(hasTrials: data.part.trials != nil)
    comparer.segments = recording.segments
    let covariates =
      stimuli.map { recording.covariates(Array(repeating: $0, count: recording.stimuli.count)) }
      ?? []
    comparer.configure = { [offsets = recording.offsets, penalty, memory] fitter in
      fitter.stimuli += covariates
      if !offsets.isEmpty {
        fitter.offsets =
          fitter.offsets.isEmpty
          ? offsets : zip(fitter.offsets, offsets).map { zip($0, $1).map { $0 + $1 } }
      }
      fitter.penalty = penalty.penalty
      fitter.memoryLimit = memory.limit
    }
    let results = try await results(comparer, recording, files)
    try await Interruption.leavesUnchanged(folder.output) { [folder] in
      try results.write(to: folder.output, withFigures: !folder.noFigures)
    }
    for notice in recording.notices { options.report(notice) }
    for notice in results.notices { options.report("\(data.recording): \(notice)") }
    if !options.quiet {
      for line in results.lines { Terminal.say(line) }
      Terminal.say(
        "\(counted(folds, "fold")) of \(comparer.division.rawValue), "
          + "\(counted(results.binsUsed, "bin")) of \(recording.spikes.dt) ms, in \(folder.output)")
    }
  }

  private func results<InverseLink: Nonlinearity, EmissionModel: Emission>(
    _ comparer: DesignComparer<InverseLink, EmissionModel>, _ recording: FittedData,
    _ files: [NamedDesign]
  ) async throws -> any ComparisonFiles {
    do {
      return try await ProgressBar.during(quiet: options.quiet) { [options, chosen] progress in
        var comparer = comparer
        comparer.execution = Execution(threads: options.threads, progress: progress)
        let seed = recording.spikes.seed
        guard let file = files.first, chosen.designs == nil else {
          return ComparisonResults(
            try await comparer.compare(
              files.map { ComparedDesign($0.file.design, named: $0.name) }, in: recording.binned),
            seed: seed)
        }
        if chosen.dropEach != nil {
          return ComparisonResults(
            try await comparer.compare(file.file.design.droppingEach, in: recording.binned),
            seed: seed)
        }
        return SelectionResults(
          try await comparer.select(
            from: file.file.design, keeping: chosen.kept, level: chosen.level ?? 0.05,
            in: recording.binned), seed: seed)
      }
    } catch let error as SpikingError {
      throw chosen.locating(error, files) ?? error.withOptions(of: data.recording)
    }
  }
}
