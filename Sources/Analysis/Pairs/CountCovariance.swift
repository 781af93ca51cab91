public import SpikingFramework

/// The covariance of the spike counts of pairs of neurons in bins.
///
///     c_ij = 1/(N − 1) Σ_bins (n_i − ⟨n_i⟩)(n_j − ⟨n_j⟩)
public struct CountCovariance: Analyzer, Statistic, Hashable {
  /// The width of a bin in ms, as of `CountCorrelation`.
  public var binWidth: Double

  /// The covariance of counts in bins of `binWidth` ms.
  public init(binWidth: Double = 10) { self.binWidth = binWidth }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("binWidth", &binWidth, in: .positive, unit: .milliseconds)
  }

  /// The covariance of every pair, and the variance of each neuron; undefined with fewer than two bins.
  ///
  /// - Throws: as `CountCorrelation.analyze`.
  /// - Complexity: as of `CountCorrelation`.
  public func analyze(_ recording: SpikeTrains) throws(SpikingError) -> PairMatrix {
    let moments = try CountMoments(recording, binWidth: binWidth)
    return PairMatrix(symmetric: recording.neuronCount) { first, second in
      moments.binCount > 1 ? moments.scatter(first, second) / Double(moments.binCount - 1) : .nan
    }
  }

  /// `covariance`.
  public func results(for spikes: SpikeTrains) throws -> StatisticResults {
    PairFinding(
      try analyze(spikes), name: "covariance", quantity: "Covariance of spike counts"
    ).results
  }
}
