internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking analyze`: statistics of recorded or simulated spikes.
struct AnalyzeCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "analyze", abstract: "Compute statistics of recorded or simulated spikes.",
      discussion: """
        Writes DIR/statistics.json (for each neuron spikes, rate, and, with isi, mean interval, CV, CV2, \
        LV and LvR, with fano the factor; null where undefined), DIR/statistics.npz (histograms, and of measures of pairs \
        an array of neurons × neurons), and figures.

        Statistics: \(Catalogue.current.list(.statistic)). `spiking info NAME` lists the parameters of one, \
        which --set changes; --bin, --window, --longest, --period and --onset are short for binWidth, window, upperLimit, \
        period and onset.
        """)
  }

  @Argument(
    help: ArgumentHelp(
      Recordings.help, valueName: "RECORDING"), completion: .spikeFile)
  var recording: String
  @Option(
    help: ArgumentHelp(
      "Any of the statistics, separated by commas.", valueName: "NAMES"),
    completion: .nameList { $0.names(.statistic) })
  var statistics = "rates,isi"
  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var units: UnitOptions
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The period of a stimulus, for psth, in ms.", valueName: "MS"),
    transform: NumberText.real)
  var period: Double?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "When the first stimulus begins, for psth, in ms. [default: 0]", valueName: "MS"),
    transform: NumberText.real)
  var onset: Double?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The width of the bins into which spikes and intervals are counted, in ms. [default: 1; of correlation and covariance 10]",
      valueName: "MS"), transform: NumberText.real)
  var bin: Double?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How far apart spikes of sttc are near each other, in ms. [default: 5]", valueName: "MS"),
    transform: NumberText.real)
  var window: Double?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The longest interval of the isi histogram, in ms. [default: 500]", valueName: "MS"),
    transform: NumberText.real)
  var longest: Double?
  @OptionGroup var part: PartOptions
  @OptionGroup var options: RunOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var folder: ResultsOptions

  func validate() throws {
    let names = try chosen().map(\.name)
    if names.contains("psth"), period == nil, !isSet("period") {
      throw ValidationError("--statistics psth needs --period")
    }
    if period != nil, try !chosen().contains(where: { has("period", $0.statistic) }) {
      throw ValidationError("--period: only psth needs it, expected --statistics psth")
    }
    if window != nil, try !chosen().contains(where: { has("window", $0.statistic) }) {
      throw ValidationError("--window: only sttc needs it, expected --statistics sttc")
    }
    for (name, value) in [
      ("bin", bin), ("window", window), ("longest", longest), ("period", period),
    ] {
      if let value { try requirePositive(value, name) }
    }
    if let onset, !onset.isFinite {
      throw ValidationError("--onset: found \(onset), expected a time in ms")
    }
    // Once, --start was what --onset is.
    if names.contains("psth"), part.start != nil, onset == nil, !isSet("onset") {
      throw ValidationError(
        "--start: says which part is evaluated, expected --onset, too, when a stimulus begins")
    }
  }

  private func chosen() throws -> [(name: String, statistic: any Statistic)] {
    try statistics.split(separator: ",", omittingEmptySubsequences: false).map { name in
      guard let statistic = try? Catalogue.current.statistic(String(name)) else {
        throw ValidationError(
          "--statistics: found \(name.debugDescription), expected some of "
            + Catalogue.current.list(.statistic))
      }
      return (Catalogue.current.name(of: statistic, .statistic), statistic)
    }
  }

  private func has(_ parameter: String, _ statistic: any Statistic) -> Bool {
    statistic.parameters.contains { $0.name == parameter }
  }

  private func isSet(_ name: String) -> Bool {
    parameters.assignments.contains { $0.name == name }
  }

  /// A statistic with the settings of the options that it has.
  private func configured(_ prototype: some Statistic) throws(SpikingError) -> any Statistic {
    var statistic = prototype
    let names = Set(prototype.parameters.map(\.name))
    for (option, name, value) in [
      ("bin", "binWidth", bin), ("window", "window", window), ("longest", "upperLimit", longest),
      ("period", "period", period), ("onset", "onset", onset),
    ] {
      guard names.contains(name), let value else { continue }
      try SpikingError.within("--\(option)", statistic.setParameter(name, to: value))
    }
    try parameters.apply(to: &statistic, only: names)
    return statistic
  }

  func run() async throws {
    let output = folder.output
    try folder.replacement.check(
      folder: output, files: AnalysisResults.files, inputs: [recording] + reading.table)
    let session = try reading.recording(of: recording)
    let neurons = try units.neurons(of: session)
    let data = try part.part(of: session.units(neurons)).spikes
    let bins = session.bins
    var found = AnalysisResults(neurons: neurons, of: session.unitCount, seed: bins?.seed)
    // Rates are in every table.
    found.add(FiringRates().results(for: data))
    for results in try await results(for: data, of: bins) { found.add(results) }
    try await Interruption.leavesUnchanged(output) { [found, folder] in
      try found.write(to: folder.output, withFigures: !folder.noFigures)
    }
    if !options.quiet {
      let count = (0..<data.neuronCount).reduce(0) { $0 + data.observedSpikeCount(of: $1) }
      let outside = data.times.count - count
      print(
        "\(count) spikes of \(data.neuronCount) neurons analysed in \(output)"
          + (outside > 0 ? ", without \(outside) while their units were not observed" : ""))
    }
  }

  /// What the chosen statistics find, one after the other.
  private func results(
    for data: SpikeTrains, of bins: BinnedSpikes?
  ) async throws -> [StatisticResults] {
    var configured: [any Statistic] = []
    for (_, statistic) in try chosen() where !(statistic is FiringRates) {
      let statistic = try self.configured(statistic)
      try check(statistic, of: bins, data)
      configured.append(statistic)
    }
    let statistics = configured
    return try await ProgressBar.during(quiet: options.quiet) { progress in
      var results: [StatisticResults] = []
      for (number, statistic) in statistics.enumerated() {
        let execution = Execution(threads: options.threads) { done in
          progress((Double(number) + done) / Double(statistics.count))
        }
        do {
          results.append(try await statistic.results(for: data, execution: execution))
        } catch let error as SpikingError {
          throw error.subject == "binWidth" ? error.within("--bin") : error
        }
      }
      return results
    }
  }

  /// Histograms narrower than the bins of a simulation, or of another width than some of them, would
  /// show the bins and not the spikes; a stimulus that begins after the end shows nothing.
  private func check(
    _ statistic: any Statistic, of bins: BinnedSpikes?, _ data: SpikeTrains
  ) throws(SpikingError) {
    let values = statistic.valuesByName
    for (name, option) in [("binWidth", "--bin"), ("windowLength", "windowLength")] {
      guard let width = values[name], let bins else { continue }
      try requireMultiple(width, of: bins, recording, option: option)
    }
    if let onset = values["onset"], onset >= data.stop, data.duration > 0 {
      throw SpikingError(
        .invalidParameter, "--onset", found: inMilliseconds(onset),
        expected: "a time before the end of \(recording), \(inMilliseconds(data.stop))")
    }
  }
}
