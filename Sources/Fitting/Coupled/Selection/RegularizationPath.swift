public import SpikingFramework

extension CoupledFitter {
  /// Fits neurons under the fitter's penalty times each of some factors, each time from where the last
  /// fit ended.
  ///
  /// From strong penalties to weak ones each fit is near the one before, and the path costs little more
  /// than its last fit. The minima are those of separate fits, to the tolerance of the search. (Friedman,
  /// Hastie and Tibshirani 2010, J Stat Softw 33:1.)
  ///
  /// - Parameters:
  ///   - spikes: the spikes.
  ///   - factors: what the strengths of the penalty are multiplied by, descending.
  ///   - segments, neurons, execution: as in `fit`.
  /// - Returns: a fit for each factor.
  /// - Throws: `invalidParameter` where factors do not descend or the fitter has no penalty; else as
  ///   `fit`.
  /// - Complexity: that of a fit for each factor at most; memory O(factors · coefficients).
  public func path(
    _ spikes: BinnedSpikes, factors: [Double], segments: [Range<Int>]? = nil,
    neurons: [Int]? = nil, execution: Execution = Execution()
  ) async throws -> [CoupledFit] {
    try validate(factors: factors)
    let problem = try CoupledProblem(self, spikes, segments: segments)
    let (neurons, threads) = try Self.schedule(neurons, of: spikes, execution)
    let report = ProgressCount(of: neurons.count, execution.progress)
    let penalties = factors.map { problem.penalties.scaled(by: $0) }
    let paths = try await concurrentMap(neurons, threads: threads) { neuron in
      defer { report.add() }
      return try problem.path(neuron, penalties: penalties)
    }
    return penalties.indices.map { index in
      problem.result(paths.map { $0[index] }, factor: factors[index])
    }
  }

  /// - Throws: `invalidParameter` where there is nothing that factors could scale, or they are out of
  ///   order.
  func validate(factors: [Double]) throws(SpikingError) {
    if penaltyRule.isZero {
      throw SpikingError(
        .invalidParameter, "penalty", found: "none", expected: "one whose strength is to be found")
    }
    guard !factors.isEmpty, factors.allSatisfy({ $0 >= 0 && $0.isFinite }),
      zip(factors, factors.dropFirst()).allSatisfy({ $0 > $1 })
    else {
      throw SpikingError(
        .invalidParameter, "factors", found: factors, expected: "descending numbers of at least 0")
    }
  }
}

extension CoupledProblem {
  /// The fits of a neuron under one penalty after the other.
  func path(_ neuron: Int, penalties: [PenaltyRule]) throws -> [NeuronFit] {
    var fits: [NeuronFit] = []
    for penalty in penalties {
      try Task.checkCancellation()
      fits.append(try fit(neuron, penalties: penalty, from: fits.last?.coefficients))
    }
    return fits
  }
}
