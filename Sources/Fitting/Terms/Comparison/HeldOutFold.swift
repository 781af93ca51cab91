internal import SpikingFramework

/// How the fit to other folds predicts one.
struct HeldOutFold: Hashable, Sendable {
  /// ℓ in nats.
  let logLikelihood: Double
  /// ℓ of a constant rate, that of the other folds; of half a spike where they have none.
  let nullLogLikelihood: Double
  let spikeCount: Int
  let hasConverged: Bool
}

extension CoupledProblem {
  /// How likely the bins are under a fit to others.
  func heldOut(_ fit: NeuronFit, trainingBins: Int) throws(SpikingError) -> HeldOutFold {
    let (objective, _) = objective(of: fit.columns)
    return HeldOutFold(
      logLikelihood: meanLogLikelihood(of: fit) * Double(bins.count),
      nullLogLikelihood: try objective.observation.constantLogLikelihood(
        of: fit.neuron, in: objective.data,
        meanCount: max(Double(fit.spikeCount), 0.5) / Double(trainingBins)),
      spikeCount: objective.data.spikeCount(of: fit.neuron),
      hasConverged: fit.certificate.hasConverged)
  }

  /// How many coefficients of a fit count in information criteria, as `ComparedFit.parameterCount` says.
  func parameterCount(of fit: NeuronFit) -> Double {
    if fit.spikeCount == 0 || penalties.isZero { return Double(fit.freeCount) }
    if penalties.isSparse { return Double(fit.coefficients.count { $0 != 0 }) }
    return inference(fit).effectiveCount ?? Double(fit.freeCount)
  }
}
