internal import Foundation
internal import Spiking

/// What `spiking analyze` writes: a table, arrays, and figures.
struct AnalysisResults {
  private let table: NeuronTable
  /// Whose spikes they are: "neurons 3, 7 and 11".
  private let population: String
  private var arrays: [(name: String, array: NumPyArray)]
  private var figures: [any Figure] = []

  private static let figureNames = ["interval-histogram", "peristimulus-histogram"]

  /// What may be written, the description first.
  static let files =
    ["statistics.json", "statistics.npz"] + OutputSet.files(ofFigures: figureNames)

  /// - Parameter neuronCount: how many neurons the recording has, chosen or not.
  init(table: NeuronTable, of neuronCount: Int) {
    self.table = table
    population = Self.name(table.neurons.map(\.neuron), of: neuronCount)
    arrays = [("neuron", NumPyArray(table.neurons.map { UInt32($0.neuron) }))]
  }

  mutating func add(_ histogram: Histogram) {
    arrays.append(("isi_edges_ms", NumPyArray(histogram.edges)))
    arrays.append(("isi_counts", NumPyArray(histogram.counts)))
    figures.append(IntervalHistogramFigure(histogram, of: population))
  }

  mutating func add(_ rates: PeristimulusRates) {
    arrays.append(("psth_edges_ms", NumPyArray(rates.edges)))
    arrays.append(("psth_rate_hz", NumPyArray(rates.rates.map { $0 ?? .nan })))
    figures.append(PeristimulusFigure(rates, of: population))
  }

  /// What some of the neurons of a recording are called in its figures.
  private static func name(_ neurons: [Int], of neuronCount: Int) -> String {
    if neurons.count == neuronCount { return "all neurons" }
    guard let last = neurons.last, neurons.count <= 5 else {
      return "\(neurons.count) of \(neuronCount) neurons"
    }
    guard neurons.count > 1 else { return "neuron \(last)" }
    return "neurons \(neurons.dropLast().map(String.init).joined(separator: ", ")) and \(last)"
  }

  /// Writes everything into a folder. What is there of an earlier analysis goes, also figures that this one has
  /// not got: beside its table they would show other spikes. Where figures cannot be drawn all else is there
  /// before the error.
  func write(to folder: String, withFigures: Bool) throws {
    let set = try OutputSet(folder, description: "statistics.json")
    try set.write { folder in
      try JSONFile.write(table, to: "\(folder)/statistics.json")
      try NumPyArchive.write(
        arrays + [("version", NumPyArray(scalar: spikingVersion))], to: "\(folder)/statistics.npz")
    }
    let drawn = try set.draw(withFigures ? figures : [])
    try set.finish(
      replacing: OutputSet.files(ofFigures: Self.figureNames))
    if let failure = drawn.failure { throw failure }
  }
}
