internal import Foundation
public import SpikingFramework

/// How well a model predicts spikes, by log-likelihoods in nats, all of the same bins.
///
/// With ℓ of the model, ℓ₀ of the null model, whose rate is the constant mean of the training data,
/// and ℓₛ of the saturated one, which predicts every count exactly:
///
/// | measure | formula | source |
/// | --- | --- | --- |
/// | deviance | D = 2 (ℓₛ − ℓ) | McCullagh and Nelder 1989 |
/// | McFadden's pseudo-R² | 1 − ℓ/ℓ₀ | McFadden 1974 |
/// | Cohen's pseudo-R² | (D₀ − D)/D₀ | Cohen et al. 2003 |
/// | bits per spike | (ℓ − ℓ₀)/(n ln 2), n spikes | Harris et al. 2003, Nature 424:552 |
/// | AIC | 2k − 2ℓ, k parameters | Akaike 1974 |
/// | BIC | k ln T − 2ℓ, T bins | Schwarz 1978 |
///
/// A measure that is not a finite number is nil.
public struct GoodnessOfFit: Hashable, Sendable {
  /// The log-likelihood ℓ of the model.
  public let logLikelihood: Double
  /// The log-likelihood ℓ₀ of the null model.
  public let nullLogLikelihood: Double
  /// The log-likelihood ℓₛ of the saturated model, 0 for Bernoulli spikes; nil where it is not known.
  public let saturatedLogLikelihood: Double?
  /// The number n of spikes.
  public let spikeCount: Int
  /// The number T of bins.
  public let binCount: Int
  /// The number k of parameters.
  public let parameterCount: Int

  /// The goodness of a prediction of `spikeCount` spikes in `binCount` bins.
  ///
  /// - Throws: `invalidData` where a log-likelihood is NaN or a number is negative.
  public init(
    logLikelihood: Double, nullLogLikelihood: Double, saturatedLogLikelihood: Double?,
    spikeCount: Int, binCount: Int, parameterCount: Int
  ) throws(SpikingError) {
    let likelihoods = [logLikelihood, nullLogLikelihood, saturatedLogLikelihood ?? 0]
    if let wrong = likelihoods.first(where: \.isNaN) {
      throw SpikingError(
        .invalidData, "log-likelihood", found: wrong, expected: "a number, or −∞")
    }
    if let wrong = [spikeCount, binCount, parameterCount].first(where: { $0 < 0 }) {
      throw SpikingError(
        .invalidData, "spikes, bins or parameters", found: wrong, expected: "zero or above")
    }
    self.logLikelihood = logLikelihood
    self.nullLogLikelihood = nullLogLikelihood
    self.saturatedLogLikelihood = saturatedLogLikelihood
    self.spikeCount = spikeCount
    self.binCount = binCount
    self.parameterCount = parameterCount
  }

  /// The deviance of the model.
  public var deviance: Double? { deviance(of: logLikelihood) }

  /// The deviance of the null model.
  public var nullDeviance: Double? { deviance(of: nullLogLikelihood) }

  /// McFadden's pseudo-R²: the fraction of the null model's surprise that the model explains. At most 1
  /// where counts have probabilities, and below 0 for a model that is worse than a constant rate.
  public var mcFaddenPseudoRSquared: Double? { finite(1 - logLikelihood / nullLogLikelihood) }

  /// Cohen's pseudo-R²: the fraction of the null model's deviance that the model explains.
  public var cohenPseudoRSquared: Double? {
    guard let deviance, let nullDeviance else { return nil }
    return finite((nullDeviance - deviance) / nullDeviance)
  }

  /// What the model knows of a spike beyond the mean rate, in bits.
  public var bitsPerSpike: Double? {
    finite((logLikelihood - nullLogLikelihood) / (Double(spikeCount) * M_LN2))
  }

  /// Akaike's information criterion; lower is better.
  public var akaikeInformationCriterion: Double? {
    finite(
      InformationCriterion.akaike(logLikelihood: logLikelihood, parameters: parameterCount))
  }

  /// The Bayesian information criterion; lower is better.
  public var bayesianInformationCriterion: Double? {
    binCount > 0
      ? finite(
        InformationCriterion.bayesian(
          logLikelihood: logLikelihood, parameters: parameterCount, observations: binCount)) : nil
  }

  private func deviance(of logLikelihood: Double) -> Double? {
    saturatedLogLikelihood.flatMap { finite(2 * ($0 - logLikelihood)) }
  }

  private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
}

extension GoodnessOfFit: CustomStringConvertible {
  /// "411 spikes in 50000 bins, log-likelihood −1234.5, 0.123 bits/spike, pseudo-R² 0.052".
  public var description: String {
    "\(counted(spikeCount, "spike")) in \(counted(binCount, "bin")), "
      + "log-likelihood \(brief(logLikelihood, digits: 5))"
      + (bitsPerSpike.map { ", \(brief($0, digits: 3)) bits/spike" } ?? "")
      + (mcFaddenPseudoRSquared.map { ", pseudo-R² \(brief($0, digits: 2))" } ?? "")
  }
}

extension GoodnessOfFit: Codable {
  /// - Throws: `invalidData`, as from numbers; what the decoder throws.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      logLikelihood: fields.decode(Double.self, forKey: .logLikelihood),
      nullLogLikelihood: fields.decode(Double.self, forKey: .nullLogLikelihood),
      saturatedLogLikelihood: fields.decodeIfPresent(
        Double.self, forKey: .saturatedLogLikelihood),
      spikeCount: fields.decode(Int.self, forKey: .spikeCount),
      binCount: fields.decode(Int.self, forKey: .binCount),
      parameterCount: fields.decode(Int.self, forKey: .parameterCount))
  }
}
