public import SpikingFramework

/// How strong a penalty should be, by the likelihood of bins that were held out of the fit.
///
/// The evaluated bins are divided into folds, stretches of time of equal length or whole trials, each of which is predicted
/// by fits to the others. Near its ends the spikes of a fold are history of bins outside, and the other way
/// round: a bin that is held out is predicted from spikes that a fit has seen as such, but never as what
/// it had to explain.
public struct CrossValidation: Equatable, Sendable {
  /// Which factor is chosen.
  public enum Rule: String, CaseIterable, Sendable {
    /// The one that predicts best.
    case best
    /// The strongest that predicts as well as the best to within a standard error.
    case withinStandardError
  }

  /// What the strengths of the penalty were multiplied by, descending.
  public let factors: [Double]
  /// The bins of each fold.
  public let folds: [[Range<Int>]]
  /// The likelihoods of each neuron that was fitted.
  public let neurons: [HeldOutLikelihood]
  /// The likelihoods of the neurons together.
  public let population: HeldOutLikelihood
  /// The factor that was chosen for each neuron.
  public let chosenFactors: [Double]
  /// The fit to all bins under the penalties that were chosen. Where each neuron chooses, its `penalty` is that of the
  /// fitter, and neurons have `penaltyFactors`.
  public let fit: CoupledFit
}

extension CoupledFitter {
  /// Finds the strength of the fitter's penalty by cross-validation, and fits with it.
  ///
  /// ```swift
  /// fitter.penalty = Penalty(groupLasso: 1)
  /// let found = try await fitter.crossValidate(spikes, factors: [0.03, 0.01, 0.003, 0.001])
  /// print(found.chosenFactors, found.fit.filter(from: 0, to: 1))
  /// ```
  ///
  /// - Parameters:
  ///   - spikes: the spikes.
  ///   - factors: what the strengths of the penalty are multiplied by, descending.
  ///   - folds: into how many parts the evaluated bins are divided; at least 2.
  ///   - division: whether parts are stretches of time or whole trials, the `segments`.
  ///   - rule: which factor is chosen.
  ///   - isShared: whether one factor is chosen for all neurons, instead of one for each.
  ///   - segments, neurons, execution: as in `fit`.
  /// - Throws: `invalidParameter` about the settings; else as `fit`.
  /// - Complexity: that of a path for each fold, and of a fit. Memory as `fit`.
  public func crossValidate(
    _ spikes: BinnedSpikes, factors: [Double], folds: Int = 5, division: FoldRule = .blocks,
    rule: CrossValidation.Rule = .best,
    isShared: Bool = false, segments: [Range<Int>]? = nil, neurons: [Int]? = nil,
    execution: Execution = Execution()
  ) async throws -> CrossValidation {
    try validate(factors: factors)
    let problem = try CoupledProblem(self, spikes, segments: segments)
    let (neurons, threads) = try Self.schedule(neurons, of: spikes, execution)
    let parts = try problem.folds(folds, division)
    let report = ProgressCount(of: neurons.count * (folds + 1), execution.progress)
    let penalties = factors.map { problem.penalties.scaled(by: $0) }
    // [fold][neuron][factor]
    var likelihoods: [[[Double]]] = []
    for part in parts {
      let training = CoupledProblem(
        problem, on: problem.bins.excluding(part), isFitted: true)
      let validation = CoupledProblem(problem, on: part, isFitted: false)
      likelihoods.append(
        try await concurrentMap(neurons, threads: threads) { neuron in
          defer { report.add() }
          return try training.path(neuron, penalties: penalties).map { fit in
            validation.meanLogLikelihood(of: fit)
          }
        })
    }
    let byNeuron = neurons.indices.map { neuron in
      HeldOutLikelihood(
        logLikelihoods: factors.indices.map { factor in
          parts.indices.map { likelihoods[$0][neuron][factor] }
        })
    }
    let population = HeldOutLikelihood.sum(byNeuron)
    let choices = byNeuron.map { (isShared ? population : $0).choice(rule) }
    let fits = try await concurrentMap(Array(neurons.indices), threads: threads) { index in
      defer { report.add() }
      try Task.checkCancellation()
      return try problem.fit(neurons[index], penalties: penalties[choices[index]])
    }
    return CrossValidation(
      factors: factors, folds: parts.map(\.ranges), neurons: byNeuron, population: population,
      chosenFactors: choices.map { factors[$0] },
      fit: problem.result(fits, factor: isShared ? choices.first.map { factors[$0] } ?? 1 : 1))
  }
}

extension CoupledProblem {
  /// How likely the bins are under a fit to others, in nats per bin.
  func meanLogLikelihood(of fit: NeuronFit) -> Double {
    var gradient = fit.coefficients
    let (objective, centers) = objective(of: columns(of: fit.neuron))
    return objective.logLikelihood(centers.centered(fit.coefficients), gradient: &gradient)
      / Double(bins.count)
  }
}
