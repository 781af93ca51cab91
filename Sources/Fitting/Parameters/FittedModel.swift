internal import SpikingAnalysis
public import SpikingFramework
public import SpikingNumerics

/// What a fit of a model to spikes found, and whether to believe it.
public struct FittedModel<Model: LikelihoodModel>: Sendable {
  /// The model with its fitted parameters.
  public let model: Model
  /// The networks; with their fitted weights, in single precision, where these were asked for.
  public let networks: [Connectivity]
  /// The stimuli with their fitted parameters.
  public let stimuli: [TargetedStimulus]
  /// The names of what was fitted: parameters in the order asked for, then the weights as "weights[3,
  /// 7]" ("weights2[3, 7]" in the second of several networks).
  public let names: [String]
  /// Where they started.
  public let initialValues: [Double]
  /// Where the likelihood is largest.
  public let values: [Double]
  /// The inverse of the observed information, the second derivatives of the negative log-likelihood.
  public let covariance: [[Double]]
  /// The log-likelihood of the spikes at the start, in nats.
  public let initialLogLikelihood: Double
  /// The log-likelihood of the spikes at `values`, in nats.
  public let logLikelihood: Double
  /// The number of neurons times that of the bins in the sum.
  public let observationCount: Int

  /// The norm of the gradient at `values`, in coordinates in which the information is the unit matrix:
  /// about as many standard errors from the maximum.
  public let gradientNorm: Double
  /// How many steps were taken.
  public let iterations: Int
  /// How many times the spikes were replayed.
  public let evaluations: Int
  /// Why the search stopped.
  public let reason: StopReason

  /// Whether the maximum was found, to within a thousandth of a standard error.
  public var hasConverged: Bool { gradientNorm <= 1e-3 }

  /// √ of the diagonal of the covariance. (McCullagh and Nelder 1989, appendix A.)
  public var standardErrors: [Double] {
    covariance.indices.map { covariance[$0][$0].squareRoot() }
  }

  /// Akaike's information criterion; lower is better.
  public var akaikeInformationCriterion: Double {
    InformationCriterion.akaike(logLikelihood: logLikelihood, parameters: values.count)
  }

  /// The Bayesian information criterion; observations are neurons times bins. Lower is better.
  public var bayesianInformationCriterion: Double {
    InformationCriterion.bayesian(
      logLikelihood: logLikelihood, parameters: values.count, observations: observationCount)
  }

  /// Wald intervals, value ± z · standard error; the true values are in 95% of them, or as many as
  /// `level` says, where there are many spikes. They do not know of bounds.
  public func intervals(level: Double = 0.95) -> [ClosedRange<Double>] {
    let z = WaldInterval.deviate(level: level)
    return zip(values, standardErrors).map { ($0 - z * $1)...($0 + z * $1) }
  }

  /// The estimate of one parameter and its standard error; nil where it was not fitted.
  public subscript(name: String) -> (value: Double, standardError: Double)? {
    names.firstIndex(of: name).map { (values[$0], covariance[$0][$0].squareRoot()) }
  }
}
