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
  /// The value of two trains, the same in either order; NaN where it is undefined.
  func value(of pair: TrainPair) -> Double
}

extension PairMeasure {
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

  /// The matrix, as `matrixName`.
  public func results(for spikes: SpikeTrains) throws -> StatisticResults {
    var results = StatisticResults()
    results.arrays[Self.matrixName] = try analyze(spikes).array
    return results
  }
}
