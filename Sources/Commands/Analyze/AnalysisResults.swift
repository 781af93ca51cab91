internal import Foundation
internal import Spiking

/// What `spiking analyze` writes: a table, arrays, and figures.
struct AnalysisResults {
  private let neurons: [Int]
  private let seed: UInt64?
  /// Whose spikes they are: "neurons 3, 7–11".
  private let population: String
  private var columns: [String: [Double]] = [:]
  private var arrays: [(name: String, array: NumPyArray)]
  private var figures: [any Figure] = []

  private static var figureNames: [String] {
    ["interval-histogram", "peristimulus-histogram", "correlation", "covariance"]
      + Catalogue.current.statistics.compactMap { $0 as? any PairMeasure }
      .map { type(of: $0).matrixName.replacing("_", with: "-") }
  }

  /// What may be written, the description first.
  static var files: [String] {
    ["statistics.json", "statistics.npz"] + OutputSet.files(ofFigures: figureNames)
  }

  /// - Parameter neuronCount: how many neurons the recording has, chosen or not.
  init(neurons: [Int], of neuronCount: Int, seed: UInt64?) {
    self.neurons = neurons
    self.seed = seed
    population = NeuronSelection.name(neurons, of: neuronCount)
    arrays = [("neuron", NumPyArray(neurons.map { UInt32($0) }))]
  }

  mutating func add(_ results: StatisticResults) {
    columns.merge(results.columns) { $1 }
    for (name, array) in results.arrays.sorted(by: { $0.key < $1.key }) {
      arrays.append((name, NumPyArray(array.values, shape: array.shape)))
    }
    for (name, counts) in results.counts.sorted(by: { $0.key < $1.key }) {
      arrays.append((name, NumPyArray(counts)))
    }
    for case let result as any Illustrated in results.drawn {
      figures += result.figures(of: population)
    }
  }

  /// Writes everything into a folder. What is there of an earlier analysis goes, also figures that this one has
  /// not got: beside its table they would show other spikes. Where figures cannot be drawn all else is there
  /// before the error.
  func write(to folder: String, withFigures: Bool) throws {
    let set = try OutputSet(folder, description: "statistics.json")
    try set.write { folder in
      try JSONFile.write(
        NeuronTable(neurons: neurons, columns: columns, seed: seed),
        to: "\(folder)/statistics.json")
      try NumPyArchive.write(
        arrays + [("version", NumPyArray(scalar: spikingVersion))], to: "\(folder)/statistics.npz")
    }
    let drawn = try set.draw(withFigures ? figures : [])
    try set.finish(
      replacing: OutputSet.files(ofFigures: Self.figureNames))
    if let failure = drawn.failure { throw failure }
  }
}
