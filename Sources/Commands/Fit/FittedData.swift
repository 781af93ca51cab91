internal import ArgumentParser
internal import Foundation
internal import Spiking

/// The recording that is fitted or checked: its bins, the part that is evaluated, and what was measured
/// beside it.
struct FittedDataOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      Recordings.help, valueName: "RECORDING"), completion: .spikeFile)
  var recording: String
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The width of the bins into which spikes are counted, in ms. [default: that of events and dense counts; 1 for times]",
      valueName: "MS"), transform: NumberText.real)
  var bin: Double?
  @OptionGroup var units: UnitOptions
  @OptionGroup var part: PartOptions
  @Option(
    help: ArgumentHelp(
      """
      A stimulus, of which every neuron has a filter: an array [bins] or [channels, bins], a time series of an \
      NWB file, columns of a table that has one of times, or a table of a row a bin, or what simulate takes (.json), with the same drive for all its targets in every run; neurons \
      that are no targets have a filter of it, too. May be repeated. Bins without a value (NaN) are not \
      evaluated.
      """,
      valueName: "FILE.npy|FILE.json|FILE.nwb:SERIES|FILE.csv[:COLUMNS]"),
    completion: .file(extensions: ["npy", "json", "nwb", "csv", "tsv"]))
  var stimulus: [String] = []
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "For how long a sample of a time series lasts at most, where the next one comes later. [default: until the next one]",
      valueName: "MS"), transform: NumberText.real)
  var longestGap: Double?
  @Option(
    help: ArgumentHelp(
      "A full turn of a time series of angles, such as 360; 0 for other numbers. [default: by its unit]",
      valueName: "SERIES=TURN"))
  var turn: [ParameterAssignment] = []
  @Option(
    help: ArgumentHelp(
      "What is known of the drives: an array [bins] or [neurons, bins].", valueName: "FILE.npy"),
    completion: .numpyFile)
  var offset: String?
  @Flag(help: "Count one where a neuron fired more than once in a bin.")
  var clip = false
  @OptionGroup var reading: ReadingOptions

  func validate() throws {
    if let bin { try requirePositive(bin, "bin") }
    if let longestGap { try requirePositive(longestGap, "longest-gap") }
    for case .name(let value) in turn.map(\.value) {
      throw ValidationError(
        "--turn: found \(value.debugDescription), expected a number, such as 360")
    }
  }

  /// The files that are read.
  var files: [String] {
    [recording] + reading.table + [part.trials, offset].compactMap(\.self)
      + stimulus.map { path in
        // A time series has its name behind the file.
        FileManager.default.fileExists(atPath: path)
          ? path : path.split(separator: ":").first.map(String.init) ?? path
      }
  }

  /// Reads the recording and what was measured beside it.
  ///
  /// - Parameter reach: how many bins the longest filter reaches back.
  func load(reach: Int) throws(SpikingError) -> FittedData {
    let session = try reading.recording(of: recording)
    return try load(session, units: units.neurons(of: session), reach: reach)
  }

  /// The recording of a fit, and the fit. Where the fit has all units of the recording, those that are chosen are its neurons: the
  /// others stay, as what these are coupled with.
  func load(of fit: CoupledFit) throws(SpikingError) -> (FittedData, CoupledFit) {
    let session = try reading.recording(of: recording)
    let chosen = try units.neurons(of: session)
    guard chosen.count < session.unitCount, session.unitCount == fit.neuronCount else {
      return (try load(session, units: chosen, reach: fit.reach), fit)
    }
    let part = fit.keeping(Set(chosen))
    guard !part.neurons.isEmpty else {
      throw SpikingError(
        .invalidData, "\(recording): --neurons, --units", found: "neurons that were not fitted",
        expected: "some of the \(fit.neurons.count) that were")
    }
    return (
      try load(session, units: Array(0..<session.unitCount), reach: fit.reach), part
    )
  }

  private func load(
    _ session: Recording, units: [Int], reach: Int
  ) throws(SpikingError) -> FittedData {
    let file = try session.units(units)
    var notices = renumbered(units).map { ["\(recording): \($0)"] } ?? []
    var (trains, origin) = try binned(file, &notices)
    if clip {
      let (clipped, excess) = trains.clipped()
      notices.append(
        "\(recording): \(excess) of \(trains.spikeCount) spikes clipped, as second ones in a bin")
      trains = clipped
    }
    var part = EvaluatedPart(
      recording: recording, origin: origin, spikes: trains, reach: reach, notices: notices)
    try part.restrict(from: self.part.start, to: self.part.stop)
    if let epochs = try self.part.epochs(of: file) {
      try part.restrict(toEpochs: epochs, "--epochs \(epochs.name)")
    }
    if let trials = try self.part.trials(of: file), let name = self.part.trials {
      let isFile = name.lowercased().hasSuffix(".npy")
      try part.restrict(toTrials: trials, isFile ? name : "--trials \(trials.name)")
    }
    if file.bins == nil { try part.restrict(toObserved: file.spikes) }
    let stimuli = try stimuli(trains, origin: origin)
    for (name, channels) in stimuli { try part.restrict(toValuesOf: channels, name) }
    let offsets = try offsets(trains)
    if let offset { try part.restrict(toValuesOf: offsets, offset) }
    return FittedData(
      binned: BinnedRecording(file, trains, origin: origin, longestGap: longestGap ?? .infinity),
      part: part,
      stimuli: stimuli.flatMap { name, channels in
        channels.enumerated().map {
          (name: channels.count == 1 ? name : "\(name) \($0)", values: $1)
        }
      }, offsets: offsets)
  }

  /// Which units neurons are, where they have other numbers than in the recording.
  private func renumbered(_ units: [Int]) -> String? {
    guard units != Array(0..<units.count) else { return nil }
    let shown = units.prefix(20).enumerated().map { "\($0) is \($1)" }
    return "numbers of neurons are those among the chosen: \(shown.joined(separator: ", "))"
      + (units.count > shown.count ? ", …" : " of the recording")
  }

  /// The spikes in bins, and when the first of these begins, in ms.
  private func binned(
    _ file: Recording, _ notices: inout [String]
  ) throws(SpikingError) -> (BinnedSpikes, origin: Double) {
    let width = bin ?? file.bins?.dt ?? 1
    if let trains = file.bins {
      if abs(width - trains.dt) <= 1e-9 * trains.dt { return (trains, 0) }
      try requireMultiple(width, of: trains, recording)
      notices.append("\(recording): bins of \(trains.dt) ms joined to bins of \(width) ms")
    }
    let recording = file.spikes
    do {
      return (
        try recording.binned(width: width, networkOffsets: file.bins?.networkOffsets),
        recording.start
      )
    } catch {
      throw error.within("\(self.recording), --bin")
    }
  }
}

/// A recording ready to be fitted.
struct FittedData {
  /// The session in bins, which terms are built from.
  let binned: BinnedRecording
  private(set) var part: EvaluatedPart
  let stimuli: [(name: String, values: [Double])]
  private(set) var offsets: [[Double]]
  /// What the terms of a design leave out, a line each.
  private var leftOut: [String] = []

  init(
    binned: BinnedRecording, part: EvaluatedPart, stimuli: [(name: String, values: [Double])],
    offsets: [[Double]]
  ) {
    self.binned = binned
    self.part = part
    self.stimuli = stimuli
    self.offsets = offsets
  }

  var spikes: BinnedSpikes { binned.spikes }
  var segments: [Range<Int>] { part.segments }
  /// What was done with the recording that its reader may not expect, a line each.
  var notices: [String] { part.notices + leftOut }

  /// Takes what a design is made of in: bins in which its signals have no value are not evaluated, and its known parts of the
  /// drive are added to others.
  mutating func add(_ inputs: DesignInputs) throws(SpikingError) {
    for stimulus in inputs.stimuli {
      try part.restrict(toValuesOf: [stimulus.values], "\(part.recording): \(stimulus.name)")
    }
    if let offset = inputs.offset {
      try part.restrict(toValuesOf: [offset], "\(part.recording): offset")
      let others = offsets
      offsets = (0..<spikes.neuronCount).map { neuron in
        others.isEmpty ? offset : zip(others[neuron], offset).map { $0 + $1 }
      }
    }
    leftOut += inputs.notices.map { "\(part.recording): \($0)" }
  }

  /// The stimuli, with a basis for each.
  func covariates(_ bases: [any Basis]) -> [StimulusCovariate] {
    zip(stimuli, bases).map { StimulusCovariate($0.name, values: $0.values, basis: $1) }
  }
}

extension CoupledFit {
  /// How many bins the longest filter reaches back; those of stimuli begin in the bin itself.
  var reach: Int { max(reachOfSpikes, (stimuli.map(\.window).max() ?? 1) - 1) }

  /// How many bins the longest filter of spikes reaches back.
  var reachOfSpikes: Int { max(history?.window ?? 0, coupling?.window ?? 0) }
}

extension FittedDataOptions {
  /// The bins are those of a design, unless told otherwise, which the returned line says.
  mutating func setWidths(ofDesign width: Double?, in file: String?) -> String? {
    defer { bin = bin ?? width }
    guard let bin, let width, bin != width, let file else { return nil }
    return "\(file): bins of \(brief(width)) ms, of which --bin makes \(brief(bin)) ms"
  }

  /// The bins are those of a fit, unless told otherwise.
  ///
  /// - Throws: `invalidParameter` where nothing tells whether dense counts have bins of this width or the
  ///   usual one.
  mutating func setWidths(ofFit width: Double) throws(SpikingError) {
    bin = bin ?? width
    guard recording.lowercased().hasSuffix(".npy"), reading.dt == nil, width != 1 else { return }
    throw SpikingError(
      .invalidParameter, "--dt", found: "none",
      expected:
        "the width of a bin of \(recording) in ms: dense counts do not say it, and the fit has bins of \(width) ms"
    )
  }
}
