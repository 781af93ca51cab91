public import SpikingFramework
public import SpikingModels
public import SpikingNonlinearities

/// Compares designs by spikes that were held out, on the same bins and folds for all of them and all neurons.
///
/// ```swift
/// let comparer = DesignComparer()
/// let comparison = try await comparer.compare(design.droppingEach, in: session.binned(width: 10))
/// print(comparison.neurons[3].difference(1), comparison.gainPValues(1).adjusted)
/// ```
///
/// Evaluated are the bins that every design can evaluate: in which all covariates have values, after as many as the longest
/// filter reaches back. They are divided into folds once. Every fold is predicted by fits to the others; information
/// criteria and likelihood ratios are from fits to all of them. Results are the same on any number of threads.
public struct DesignComparer<InverseLink: Nonlinearity, EmissionModel: Emission>: Sendable {
  /// What turns drives into rates.
  public var nonlinearity: InverseLink
  /// How spikes are drawn.
  public var emission: EmissionModel
  /// The number of folds, at least 2.
  public var folds = 10
  /// Whether folds are stretches of time or whole trials.
  public var division = FoldRule.blocks
  /// The bins of each trial, ascending; nil for one trial.
  public var segments: [Range<Int>]?
  /// Which neurons; nil for all.
  public var neurons: [Int]?
  /// On how many threads.
  public var execution = Execution()
  /// Further settings of the fitter of every design, such as a penalty.
  public var configure: @Sendable (inout CoupledFitter<InverseLink, EmissionModel>) -> Void = {
    _ in
  }

  /// A comparer for any nonlinearity and emission.
  public init(_ nonlinearity: InverseLink, _ emission: EmissionModel) {
    self.nonlinearity = nonlinearity
    self.emission = emission
  }
}

extension DesignComparer where InverseLink == Exponential, EmissionModel == PoissonEmission {
  /// A comparer of Poisson counts under an exponential.
  public init() { self.init(Exponential(), PoissonEmission()) }
}

extension DesignComparer {
  /// Fits designs, and compares the others with the first.
  ///
  /// - Throws: what the terms throw, naming design and term; `invalidParameter` for two designs of a name, less than two
  ///   folds, or more than there are bins or trials; else as `CoupledFitter.fit`.
  /// - Complexity: for each design that of `folds` + 1 fits of all neurons.
  public func compare(
    _ designs: [ComparedDesign], in recording: BinnedRecording
  ) async throws -> DesignComparison {
    var names: Set<String> = []
    for design in designs where !names.insert(design.name).inserted {
      throw SpikingError(
        .invalidParameter, "designs", found: "two called \(design.name.debugDescription)",
        expected: "one of each name")
    }
    let problem = try FoldedProblem(self, designs, in: recording)
    let report = ProgressCount(
      of: problem.neurons.count * designs.count * (folds + 1), execution.progress)
    var found: [[(fit: ComparedFit, folds: [HeldOutFold])]] = []
    for number in designs.indices {
      found.append(try await problem.fits(of: number, report))
    }
    let neurons = problem.neurons.indices.map { index in
      let folds = found.first?[index].folds ?? []
      return NeuronComparison(
        neuron: problem.neurons[index], spikeCounts: folds.map(\.spikeCount),
        nullLogLikelihoods: folds.map(\.nullLogLikelihood),
        fits: problem.testing(found.map { $0[index].fit }))
    }
    return DesignComparison(
      designs: problem.designs, folds: problem.folds.map(\.ranges), division: division,
      binsUsed: problem.bins.count, neurons: neurons, notices: problem.notices)
  }

  /// The fitter of a design whose terms are those of a recording.
  func fitter(
    _ design: ComparedDesign, _ inputs: DesignInputs, neuronCount: Int
  ) throws(SpikingError) -> CoupledFitter<InverseLink, EmissionModel> {
    var fitter = CoupledFitter(nonlinearity, emission, design: design.design, inputs)
    configure(&fitter)
    fitter.hasStandardErrors = false
    if design.omitsOwnSpikes, fitter.coupling != nil, fitter.history == nil {
      let mask = fitter.mask
      fitter.mask = try ConnectionMask(
        (0..<neuronCount * neuronCount).map { pair in
          pair / neuronCount != pair % neuronCount && mask?.values[pair] ?? true
        }, neuronCount: neuronCount)
    }
    return fitter
  }
}
