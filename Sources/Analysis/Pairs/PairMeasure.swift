public import SpikingFramework

/// A measure of how alike two spike trains are, or how different: what a conformance says of one pair is computed for all, and is
/// a statistic of `spiking analyze`.
///
/// ```swift
/// struct Coincidences: PairMeasure {
///   var window = 1.0
///   static let matrixName = "coincidences"
///   mutating func visitParameters(_ visit: inout some ParameterVisitor) {
///     visit("window", &window, in: .positive, unit: .milliseconds)
///   }
///   func value(of pair: TrainPair) -> Double { … }
/// }
/// ```
public protocol PairMeasure: Statistic, Analyzer where Input == SpikeTrains, Output == PairMatrix {
  /// What the matrix is called in `statistics.npz`, in snake case.
  static var matrixName: String { get }
  /// What its values are, with their unit, for figures; by default by the name of the matrix.
  static var quantity: String { get }
  /// The value of two trains, the same in either order; NaN where it is undefined.
  func value(of pair: TrainPair) -> Double
}

extension PairMeasure {
  public static var quantity: String {
    let words = matrixName.replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// The value of every pair of neurons, while both were observed, and of each with itself.
  ///
  /// - Throws: `invalidParameter` where a setting lies outside its domain, `invalidData` for more than
  ///   `PairMatrix.maximumNeuronCount` neurons.
  /// - Complexity: that of a pair, neurons² / 2 times.
  public func analyze(_ recording: SpikeTrains) throws(SpikingError) -> PairMatrix {
    try validate()
    try PairMatrix.check(recording)
    return PairMatrix(symmetric: recording.neuronCount) {
      value(of: TrainPair($0, $1, of: recording))
    }
  }

  /// The same on several threads, each with the pairs of one neuron at a time.
  ///
  /// - Throws: as `analyze(_:)`; `CancellationError` where the task was cancelled.
  public func analyze(
    _ recording: SpikeTrains, execution: Execution
  ) async throws -> PairMatrix {
    try validate()
    try PairMatrix.check(recording)
    let count = recording.neuronCount
    let done = ProgressCount(of: count * (count + 1) / 2, execution.progress)
    let rows = try await concurrentMap(
      Array(recording.indices), threads: execution.threadCount()
    ) { first in
      let row = try (first..<count).map { second in
        try Task.checkCancellation()
        return value(of: TrainPair(first, second, of: recording))
      }
      done.add(row.count)
      return row
    }
    return PairMatrix(symmetric: rows)
  }

  /// The matrix, as `matrixName`.
  public func results(for spikes: SpikeTrains) throws -> StatisticResults {
    results(try analyze(spikes))
  }

  /// The matrix, as `matrixName`.
  public func results(
    for spikes: SpikeTrains, execution: Execution
  ) async throws -> StatisticResults {
    results(try await analyze(spikes, execution: execution))
  }

  private func results(_ matrix: PairMatrix) -> StatisticResults {
    PairFinding(matrix, name: Self.matrixName, quantity: Self.quantity).results
  }
}
