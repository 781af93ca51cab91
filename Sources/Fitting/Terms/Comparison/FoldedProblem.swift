internal import SpikingAnalysis
internal import SpikingFramework
internal import SpikingModels
internal import SpikingNonlinearities
internal import SpikingNumerics

/// Designs on the bins of a recording that all of them can evaluate, divided into the same folds.
struct FoldedProblem<InverseLink: Nonlinearity, EmissionModel: Emission>: Sendable {
  /// The designs, with what the recording says of their terms.
  let designs: [ComparedDesign]
  let bins: EvaluatedBins
  let folds: [EvaluatedBins]
  let neurons: [Int]
  let notices: [String]
  private let threads: Int
  /// Each of the designs, on these bins.
  private let problems: [CoupledProblem<InverseLink, EmissionModel>]
  private let isPenalised: Bool

  init(
    _ comparer: DesignComparer<InverseLink, EmissionModel>, _ designs: [ComparedDesign],
    in recording: BinnedRecording
  ) throws(SpikingError) {
    var (resolved, notices) = (designs, [String]())
    var fitters: [CoupledFitter<InverseLink, EmissionModel>] = []
    for number in designs.indices {
      do throws(SpikingError) {
        let design = try designs[number].design.resolved(in: recording)
        resolved[number].design = design
        let inputs = try DesignInputs(design, in: recording)
        notices += inputs.notices.filter { !notices.contains($0) }
        fitters.append(
          try comparer.fitter(resolved[number], inputs, neuronCount: recording.spikes.neuronCount))
      } catch {
        throw designs.count > 1 ? error.within("design \(designs[number].name)") : error
      }
    }
    try self.init(comparer, resolved, fitters, in: recording, notices: notices)
  }

  /// Designs whose fitters are known.
  ///
  /// - Parameter shared: the bins of other designs, which these can evaluate; nil to find them.
  init(
    _ comparer: DesignComparer<InverseLink, EmissionModel>, _ designs: [ComparedDesign],
    _ fitters: [CoupledFitter<InverseLink, EmissionModel>], in recording: BinnedRecording,
    bins shared: EvaluatedBins? = nil, notices: [String] = []
  ) throws(SpikingError) {
    let spikes = recording.spikes
    let trials = comparer.segments ?? [0..<spikes.binCount]
    let valued = Segments.intersection(
      trials,
      Segments.withValues(
        of: fitters.flatMap { $0.stimuli.map(\.values) + $0.offsets.prefix(1) },
        binCount: spikes.binCount))
    let (neurons, threads) = try CoupledFitter<InverseLink, EmissionModel>.schedule(
      comparer.neurons, of: spikes, comparer.execution)
    var problems: [CoupledProblem<InverseLink, EmissionModel>] = []
    for fitter in fitters {
      problems.append(
        try CoupledProblem(
          fitter, spikes, segments: valued, neurons: neurons, threads: threads))
    }
    guard let first = problems.first else {
      throw SpikingError(.invalidParameter, "designs", found: "none", expected: "at least one")
    }
    let bins = problems.reduce(shared ?? first.bins) { $0.intersected(with: $1.bins.ranges) }
    guard bins.count > 0 else {
      throw SpikingError(
        .invalidData, "recording", found: "no bin in which the terms of all designs have values",
        expected: "some of the \(first.bins.count) that the first can evaluate")
    }
    self.designs = designs
    self.bins = bins
    self.neurons = neurons
    self.threads = threads
    folds = try bins.folds(comparer.folds, comparer.division, ofTrials: trials)
    self.problems = problems.map { problem in
      problem.bins.count == bins.count
        ? problem : CoupledProblem(problem, on: bins, isFitted: true)
    }
    isPenalised = fitters.contains { !$0.penaltyRule.isZero }
    var lines = notices
    for design in designs {
      let rare = design.design.rareCategories(in: recording, folds: folds)
      lines += rare.filter { !lines.contains($0) }
    }
    self.notices = lines
  }

  /// How each fold is predicted by fits of a design to the others, [neuron][fold].
  ///
  /// - Parameter indices: which of the neurons; all by default.
  func heldOut(
    _ number: Int = 0, of indices: [Int]? = nil, _ report: ProgressCount
  ) async throws -> [[HeldOutFold]] {
    let problem = problems[number]
    let neurons = indices?.map { self.neurons[$0] } ?? self.neurons
    var found = [[HeldOutFold]](repeating: [], count: neurons.count)
    for part in folds {
      let rest = bins.excluding(part)
      let training = CoupledProblem(problem, on: rest, isFitted: true)
      let validation = CoupledProblem(problem, on: part, isFitted: false)
      let scores = try await concurrentMap(neurons, threads: threads) { neuron in
        try Task.checkCancellation()
        defer { report.add() }
        return try validation.heldOut(training.fit(neuron), trainingBins: rest.count)
      }
      for (index, score) in scores.enumerated() { found[index].append(score) }
    }
    return found
  }

  /// The fits of a design to all bins and to those of all folds but one, for each neuron.
  func fits(
    of number: Int, _ report: ProgressCount
  ) async throws -> [(fit: ComparedFit, folds: [HeldOutFold])] {
    let problem = problems[number]
    let fits = try await concurrentMap(neurons, threads: threads) { neuron in
      try Task.checkCancellation()
      defer { report.add() }
      let fit = try problem.fit(neuron)
      return (fit: fit, parameters: problem.parameterCount(of: fit))
    }
    let heldOut = try await heldOut(number, report)
    return zip(fits, heldOut).map { full, folds in
      let (fit, parameters) = full
      return (
        ComparedFit(
          heldOutLogLikelihoods: folds.map(\.logLikelihood), logLikelihood: fit.logLikelihood,
          freeCount: fit.freeCount, parameterCount: parameters,
          akaike: 2 * parameters - 2 * fit.logLikelihood,
          bayesian: parameters * Elementary.logarithm(Double(bins.count)) - 2 * fit.logLikelihood,
          likelihoodRatioPValue: nil,
          hasConverged: fit.certificate.hasConverged && folds.allSatisfy(\.hasConverged)), folds
      )
    }
  }

  /// The fits of a neuron, with the tests of their likelihood ratios to the reference.
  func testing(_ fits: [ComparedFit]) -> [ComparedFit] {
    var fits = fits
    for number in fits.indices.dropFirst() where !isPenalised {
      let isLarger = designs[0].isNested(in: designs[number])
      guard isLarger || designs[number].isNested(in: designs[0]) else { continue }
      let (larger, smaller) = isLarger ? (fits[number], fits[0]) : (fits[0], fits[number])
      fits[number].likelihoodRatioPValue =
        try? LikelihoodRatioTest(
          logLikelihood: larger.logLikelihood, nestedLogLikelihood: smaller.logLikelihood,
          degreesOfFreedom: larger.freeCount - smaller.freeCount
        ).pValue
    }
    return fits
  }
}
