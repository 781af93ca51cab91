internal import Foundation
internal import Spiking

/// What `spiking analyze` writes: a table, arrays, and figures.
struct AnalysisResults {
  private let table: NeuronTable
  private var arrays: [(name: String, array: NumPyArray)]
  private var figures: [any Figure] = []

  init(table: NeuronTable) {
    self.table = table
    arrays = [("neuron", NumPyArray(table.neurons.map { UInt32($0.neuron) }))]
  }

  mutating func add(_ histogram: Histogram) {
    arrays.append(("isi_edges_ms", NumPyArray(histogram.edges)))
    arrays.append(("isi_counts", NumPyArray(histogram.counts)))
    figures.append(IntervalHistogramFigure(histogram))
  }

  mutating func add(_ rates: PeristimulusRates) {
    arrays.append(("psth_edges_ms", NumPyArray(rates.edges)))
    arrays.append(("psth_rate_hz", NumPyArray(rates.rates.map { $0 ?? .nan })))
    figures.append(PeristimulusFigure(rates))
  }

  /// Writes everything into a folder. Figures of an earlier analysis that this one does not replace
  /// are taken away: beside its table they would show other spikes.
  func write(to folder: String, withFigures: Bool) throws {
    try OutputFolder.create(folder)
    try JSONFile.write(table, to: "\(folder)/statistics.json")
    try NumPyArchive.write(arrays, to: "\(folder)/statistics.npz")
    let drawn = withFigures ? figures.map(\.name) : []
    for name in ["interval-histogram", "peristimulus-histogram"] where !drawn.contains(name) {
      for ending in ["png", "svg"] {
        try? FileManager.default.removeItem(atPath: "\(folder)/\(name).\(ending)")
      }
    }
    guard !drawn.isEmpty else { return }
    let gnuplot = try Gnuplot()
    for figure in figures { _ = try gnuplot.render(figure, to: folder) }
  }
}
