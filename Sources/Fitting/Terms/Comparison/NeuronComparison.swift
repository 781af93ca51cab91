internal import Foundation
public import SpikingAnalysis

/// How well several designs explain one neuron, on the same bins.
public struct NeuronComparison: Codable, Hashable, Sendable {
  /// The neuron.
  public let neuron: Int
  /// How many spikes it has in each fold.
  public let spikeCounts: [Int]
  /// ℓ of each fold, in nats, at a constant rate: that of the other folds.
  public let nullLogLikelihoods: [Double]
  /// A fit for each design.
  public let fits: [ComparedFit]

  /// The number of spikes in all folds.
  public var spikeCount: Int { spikeCounts.reduce(0, +) }

  /// What a design knows of a held-out spike beyond a constant rate, in bits; nil without spikes.
  public func bitsPerSpike(_ design: Int) -> Double? {
    bits(zip(fits[design].heldOutLogLikelihoods, nullLogLikelihoods).map { $0 - $1 })
  }

  /// By how much one design predicts each fold better than another one, in nats.
  public func gains(_ design: Int, over reference: Int = 0) -> [Double] {
    zip(fits[design].heldOutLogLikelihoods, fits[reference].heldOutLogLikelihoods).map { $0 - $1 }
  }

  /// By how many bits a spike one design predicts better than another one; nil without spikes.
  public func difference(_ design: Int, from reference: Int = 0) -> Double? {
    bits(gains(design, over: reference))
  }

  /// The standard error of the difference, from those of the K folds: √(K/(K−1) Σ (d − mean d)²) of their sum.
  ///
  /// Folds share training data: it is a guide.
  public func standardError(_ design: Int, from reference: Int = 0) -> Double? {
    let gains = gains(design, over: reference)
    let count = Double(gains.count)
    let mean = gains.reduce(0, +) / count
    let squares = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return bits([(squares * count / (count - 1)).squareRoot()])
  }

  /// Whether one design predicts better than another one, fold by fold.
  public func gainTest(_ design: Int, over reference: Int = 0) -> SignedRankTest {
    SignedRankTest(gains(design, over: reference))
  }

  /// A sum in nats as bits per spike.
  private func bits(_ nats: [Double]) -> Double? {
    spikeCount > 0 ? nats.reduce(0, +) / Double(spikeCount) / log(2) : nil
  }
}

/// The fits of one design to one neuron: to all bins, and to those of all folds but one.
public struct ComparedFit: Codable, Hashable, Sendable {
  /// ℓ of each fold in nats, under the fit to the others.
  public let heldOutLogLikelihoods: [Double]
  /// ℓ of all bins in nats, under the fit to them.
  public let logLikelihood: Double
  /// How many coefficients were free.
  public let freeCount: Int
  /// k, how many coefficients count: those that were free; under squares as penalties the effective number tr H⁻¹F, with F
  /// the Fisher information and H that of the penalised likelihood (Wood 2017, Generalized Additive Models, §6.1.2); under a
  /// lasso those that are not 0 (Zou, Hastie and Tibshirani 2007, Ann Stat 35:2173).
  public let parameterCount: Double
  /// Akaike's criterion, 2k − 2ℓ.
  public let akaike: Double
  /// The Bayesian criterion, k ln T − 2ℓ of T bins.
  public let bayesian: Double
  /// The probability of a likelihood ratio at least as large, were the smaller of the design and the reference right, by χ²;
  /// nil where neither is nested in the other, or something is penalised.
  public internal(set) var likelihoodRatioPValue: Double?
  /// Whether the searches of all fits found their maxima.
  public let hasConverged: Bool
}
