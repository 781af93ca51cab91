public import SpikingFramework

/// How the spike counts of pairs of neurons go together: Pearson's correlation of counts in bins.
///
///     r_ij = (⟨n_i n_j⟩ − ⟨n_i⟩⟨n_j⟩) / √(Var n_i Var n_j)
///
/// Correlation is not connection: neurons that share an input are correlated without a synapse between
/// them.
public struct CountCorrelation: Analyzer, Statistic, Hashable {
  /// The width of a bin in ms. Bins begin with the recording; a last one that is cut short is left out, and so
  /// is each in which a neuron was not observed throughout.
  public var binWidth: Double

  /// The correlation of counts in bins of `binWidth` ms.
  public init(binWidth: Double = 10) { self.binWidth = binWidth }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("binWidth", &binWidth, in: .positive, unit: .milliseconds)
  }

  /// The correlation of every pair; undefined where the counts of a neuron do not vary.
  ///
  /// - Throws: `invalidParameter` where the width is not positive or longer than the recording,
  ///   `invalidData` for more than `PairMatrix.maximumNeuronCount` neurons, or neurons that were not observed together.
  /// - Complexity: O(spikes · log spikes + Σ (neurons active in a bin)²), memory O(spikes + neurons²).
  public func analyze(_ recording: SpikeTrains) throws(SpikingError) -> PairMatrix {
    let moments = try CountMoments(recording, binWidth: binWidth)
    return PairMatrix(symmetric: recording.neuronCount) { first, second in
      let scale = (moments.scatter(first, first) * moments.scatter(second, second)).squareRoot()
      return scale > 0 ? min(max(moments.scatter(first, second) / scale, -1), 1) : .nan
    }
  }

  /// `correlation`.
  public func results(for spikes: SpikeTrains) throws -> StatisticResults {
    PairFinding(
      try analyze(spikes), name: "correlation", quantity: "Correlation of spike counts"
    ).results
  }
}
