internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking analyze`: statistics of recorded or simulated spikes.
struct AnalyzeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze", abstract: "Compute statistics of recorded or simulated spikes.",
    discussion: """
      Writes DIR/statistics.json (for each neuron spikes, rate, and, with isi, mean interval, CV, CV2, \
      LV and LvR; null where undefined), DIR/statistics.npz (histograms), and figures.
      """)

  /// What can be computed.
  enum Statistic: String, CaseIterable {
    case rates, isi, psth
  }

  @Argument(
    help: ArgumentHelp(
      "Spikes: events or times (.npz), dense counts (.npy), or units (.nwb).",
      valueName: "RECORDING"))
  var recording: String
  @Option(
    help: ArgumentHelp(
      "Any of rates, isi and psth, separated by commas.", valueName: "NAMES"))
  var statistics = "rates,isi"
  @Option(
    help: ArgumentHelp(
      "The neurons to analyse, separated by commas. [default: all]", valueName: "0,3,7"))
  var neurons: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The period of a stimulus, for psth, in ms.", valueName: "MS"))
  var period: Double?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The onset of the first stimulus, in ms.", valueName: "MS"))
  var start = 0.0
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The width of a bin of histograms, in ms.", valueName: "MS"))
  var bin = 1.0
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The longest interval of the isi histogram, in ms.", valueName: "MS"))
  var longest = 500.0
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The width of a bin of dense counts, in ms.", valueName: "MS"))
  var dt = 1.0
  @Flag(help: "Draw no figures.")
  var noFigures = false
  @Flag(help: "Print nothing but errors.")
  var quiet = false
  @OptionGroup var replacement: ReplacementOptions
  @OptionGroup var reading: ReadingOptions
  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "DIR"))
  var output: String

  func validate() throws {
    try requireFolder(output)
    if try chosen().contains(.psth), period == nil {
      throw ValidationError("--statistics psth needs --period")
    }
    if try !chosen().contains(.psth), period != nil {
      throw ValidationError("--period: only psth needs it, expected --statistics psth")
    }
    _ = try chosenNeurons()
    for (name, value) in [("bin", bin), ("longest", longest), ("dt", dt), ("period", period ?? 1)] {
      try requirePositive(value, name)
    }
    if !start.isFinite {
      throw ValidationError("--start: found \(start), expected a time in ms")
    }
  }

  private func chosen() throws -> [Statistic] {
    try statistics.split(separator: ",", omittingEmptySubsequences: false).map { name in
      guard let statistic = Statistic(rawValue: String(name)) else {
        let known = Statistic.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError(
          "--statistics: found \(name.debugDescription), expected some of \(known)")
      }
      return statistic
    }
  }

  private func chosenNeurons() throws -> [Int]? {
    try neurons?.split(separator: ",", omittingEmptySubsequences: false).map { name in
      guard let neuron = Int(name), neuron >= 0 else {
        throw ValidationError(
          "--neurons: found \(name.debugDescription), expected whole numbers ≥ 0")
      }
      return neuron
    }
  }

  func run() async throws {
    try replacement.check(folder: output, files: AnalysisResults.files, inputs: [recording])
    let spikes = try RecordingFile.load(recording, dt: dt, limits: reading.limits)
    var data = spikes.spikeTrains
    let neurons = try chosenNeurons() ?? Array(0..<data.neuronCount)
    data = try SpikingError.within("\(recording), --neurons", data.selecting(neurons))
    try requireBins(of: spikes, data)
    let chosen = try chosen()
    var results = AnalysisResults(
      table: try NeuronTable(
        data, neurons: neurons, seed: spikes.trains?.seed, withIntervals: chosen.contains(.isi)),
      of: spikes.spikeTrains.neuronCount)
    if chosen.contains(.isi) {
      results.add(
        try histogram { try IntervalHistogram(binWidth: bin, upperLimit: longest) }.analyze(data))
    }
    if chosen.contains(.psth), let period {
      results.add(
        try histogram { try PeristimulusHistogram(period: period, binWidth: bin, start: start) }
          .analyze(data))
    }
    try await Interruption.leavesUnchanged(output) { [results, output, noFigures] in
      try results.write(to: output, withFigures: !noFigures)
    }
    if !quiet {
      let count = (0..<data.neuronCount).reduce(0) { $0 + data.observedSpikeCount(of: $1) }
      let outside = data.times.count - count
      print(
        "\(count) spikes of \(data.neuronCount) neurons analysed in \(output)"
          + (outside > 0 ? ", without \(outside) while their units were not observed" : ""))
    }
  }

  /// Histograms narrower than the bins of a simulation, or of another width than some of them, would
  /// show the bins and not the spikes; a stimulus that begins after the end shows nothing.
  private func requireBins(of spikes: RecordedSpikes, _ data: SpikeTrains) throws {
    if let trains = spikes.trains { try requireMultiple(bin, of: trains, recording) }
    guard start < data.stop || data.duration == 0 else {
      throw SpikingError(
        .invalidParameter, "--start", found: inMilliseconds(start),
        expected: "a time before the end of \(recording), \(inMilliseconds(data.stop))")
    }
  }

  /// Names the option of a width that does not fit.
  private func histogram<Value>(_ make: () throws -> Value) throws -> Value {
    do {
      return try make()
    } catch let error as SpikingError {
      throw error.within("--bin")
    }
  }
}
