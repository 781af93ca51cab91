internal import SpikingFramework

extension FittedModel: CustomStringConvertible {
  /// The likelihood, then a line for each of up to 27 parameters: where it started, its estimate and its standard
  /// error.
  public var description: String {
    let title =
      "log-likelihood \(brief(logLikelihood, digits: 6)) of \(observationCount) neurons × bins, "
      + "gradient \(brief(gradientNorm, digits: 2)) after \(counted(iterations, "step")), stopped by \(reason)"
    let errors = standardErrors
    let table = TextTable(
      ["parameter", "start", "estimate", "standard error"], names.indices,
      limit: maximumDescriptionLines - 3
    ) {
      [
        names[$0], brief(initialValues[$0], digits: 5), brief(values[$0], digits: 5),
        brief(errors[$0], digits: 2),
      ]
    }
    return ([title] + table.lines("parameters")).joined(separator: "\n")
  }
}
