internal import SpikingFramework

/// How well fits under several penalties predict spikes that they have not seen.
public struct HeldOutLikelihood: Codable, Hashable, Sendable {
  /// The log-likelihood in nats per bin of the bins that were held out, [factor][fold].
  public let logLikelihoods: [[Double]]

  /// For each factor the mean over the folds.
  public var means: [Double] { logLikelihoods.map { $0.reduce(0, +) / Double($0.count) } }

  /// For each factor the standard error of the mean; infinite where a fold has spikes that cannot occur.
  ///
  /// Folds share training data: it is a guide, and no test.
  public var standardErrors: [Double] {
    zip(logLikelihoods, means).map { likelihoods, mean in
      guard mean.isFinite else { return .infinity }
      let count = Double(likelihoods.count)
      let squares = likelihoods.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares / (count - 1) / count).squareRoot()
    }
  }

  /// The number of the factor with the best mean; of equal ones the strongest.
  public var best: Int {
    let means = means
    return means.indices.reduce(0) { means[$1] > means[$0] ? $1 : $0 }
  }

  /// The number of the strongest factor whose mean lies within one standard error of the best: the
  /// simplest fit that may be as good. (Breiman et al. 1984; Hastie, Tibshirani and Friedman 2009, §7.10.)
  public var withinStandardError: Int {
    let (means, best) = (means, best)
    let bound = means[best] - standardErrors[best]
    return bound.isFinite ? means.firstIndex { $0 >= bound } ?? best : best
  }

  /// The number of the factor that a rule chooses.
  public func choice(_ rule: CrossValidation.Rule) -> Int {
    switch rule {
    case .best: best
    case .withinStandardError: withinStandardError
    }
  }

  /// The sums of likelihoods of the same folds.
  static func sum(_ likelihoods: [HeldOutLikelihood]) -> HeldOutLikelihood {
    let first = likelihoods.first?.logLikelihoods ?? []
    return HeldOutLikelihood(
      logLikelihoods: first.indices.map { factor in
        first[factor].indices.map { fold in
          likelihoods.reduce(0) { $0 + $1.logLikelihoods[factor][fold] }
        }
      })
  }
}

extension HeldOutLikelihood: CustomStringConvertible {
  /// A line for each of up to 28 factors, the best with a star.
  public var description: String {
    let (means, errors, best) = (means, standardErrors, best)
    return TextTable(
      ["factor", "nats/bin", "standard error", ""], means.indices,
      limit: maximumDescriptionLines - 2
    ) { factor in
      [
        "\(factor)", brief(means[factor], digits: 5), brief(errors[factor], digits: 2),
        factor == best ? "*" : "",
      ]
    }.lines("factors").joined(separator: "\n")
  }
}
