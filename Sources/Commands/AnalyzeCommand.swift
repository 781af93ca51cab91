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
      "Spikes: events or times (.npz), or dense counts (.npy).",
      valueName: "RECORDING"))
  var recording: String
  @Option(
    help: ArgumentHelp(
      "Any of rates, isi and psth, separated by commas.", valueName: "NAMES"))
  var statistics = "rates,isi"
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
  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "DIR"))
  var output: String

  func validate() throws {
    try requireFolder(output)
    if try chosen().contains(.psth), period == nil {
      throw ValidationError("--statistics psth needs --period")
    }
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

  /// Names the option of a width that does not fit.
  private func ofBin<Value>(_ make: () throws(SpikingError) -> Value) throws(SpikingError) -> Value
  {
    do { return try make() } catch { throw error.within("--bin") }
  }

  func run() async throws {
    let spikes = try RecordingFile.load(recording, dt: dt)
    let data = spikes.recording
    let chosen = try chosen()
    let table = try NeuronTable(
      data, seed: spikes.trains?.seed, withIntervals: chosen.contains(.isi))
    var arrays: [(name: String, array: NumPyArray)] = []
    var figures: [any Figure] = []
    if chosen.contains(.isi) {
      let histogram = try ofBin { () throws(SpikingError) in
        try IntervalHistogram(binWidth: bin, upperLimit: longest)
      }.analyze(data)
      arrays.append(("isi_edges_ms", NumPyArray(histogram.edges)))
      arrays.append(("isi_counts", NumPyArray(histogram.counts)))
      figures.append(IntervalHistogramFigure(histogram))
    }
    if chosen.contains(.psth), let period {
      let rates = try ofBin { () throws(SpikingError) in
        try PeristimulusHistogram(period: period, binWidth: bin, start: start)
      }.analyze(data)
      arrays.append(("psth_edges_ms", NumPyArray(rates.edges)))
      arrays.append(("psth_rate_hz", NumPyArray(rates.rates.map { $0 ?? .nan })))
      figures.append(PeristimulusFigure(rates))
    }
    try OutputFolder.create(output)
    try JSONFile.write(table, to: "\(output)/statistics.json")
    if !arrays.isEmpty { try NumPyArchive.write(arrays, to: "\(output)/statistics.npz") }
    if !noFigures, !figures.isEmpty {
      let gnuplot = try Gnuplot()
      for figure in figures { _ = try gnuplot.render(figure, to: output) }
    }
    if !quiet {
      print("\(data.times.count) spikes of \(data.neuronCount) neurons analysed in \(output)")
    }
  }
}
