internal import SpikingFramework
internal import SpikingModels
internal import SpikingNumerics

/// A recording and how it is to be fitted, checked; with what the fits of all neurons share.
struct CoupledProblem<Link: Nonlinearity, Counts: Emission>: Sendable {
  private let fitter: CoupledFitter<Link, Counts>
  private let spikes: SpikeTrains
  let data: CoupledData
  private let observation: Observation<Link, Counts>
  private let settings: FitSettings
  /// The products of the features of all neurons.
  private let gram: SymmetricMatrix

  init(
    _ fitter: CoupledFitter<Link, Counts>, _ spikes: SpikeTrains, segments: [Range<Int>]?,
    isFitted: Bool = true
  ) throws(SpikingError) {
    try fitter.validate(for: spikes)
    self.fitter = fitter
    self.spikes = spikes
    var stimuli: [(values: [Double], basis: BasisMatrix)] = []
    for stimulus in fitter.stimuli {
      stimuli.append((stimulus.values, try matrix(stimulus.basis)))
    }
    data = try CoupledData(
      spikes, segments: segments ?? [0..<spikes.binCount], history: try fitter.history.map(matrix),
      coupling: try fitter.coupling.map(matrix), stimuli: stimuli, offsets: fitter.offsets)
    observation = Observation(
      nonlinearity: fitter.nonlinearity, emission: fitter.emission, dt: spikes.dt)
    settings = FitSettings(
      penalty: fitter.penalty, signs: fitter.signs, hasStandardErrors: fitter.hasStandardErrors,
      minimizer: fitter.minimizer)
    gram =
      isFitted
      ? GramMatrix.of(GramColumns(all: data), data: data, weights: GramMatrix.ones(data))
      : SymmetricMatrix(order: 0)
  }

  /// The same on some of the bins, for validation on others.
  init(training problem: CoupledProblem, on bins: ScoredBins) {
    fitter = problem.fitter
    spikes = problem.spikes
    data = CoupledData(problem.data, bins: bins)
    observation = problem.observation
    var settings = problem.settings
    settings.hasStandardErrors = false
    self.settings = settings
    gram = GramMatrix.of(
      GramColumns(all: data), data: data, weights: GramMatrix.ones(data))
  }

  /// The fit of one neuron, from the coefficients of a similar one, under a penalty other than the
  /// fitter's.
  func fit(
    _ neuron: Int, penalty: Penalty? = nil, from start: [Double]? = nil
  ) throws -> NeuronFit {
    var settings = settings
    if let penalty { settings.penalty = penalty }
    let columns = columns(of: neuron)
    return try NeuronSolver(
      data: data, observation: observation, columns: columns, settings: settings,
      gram: gram.selecting(GramColumns.positions(of: columns, data: data))
    ).fit(from: start)
  }

  /// What a fit says of the bins that are scored.
  ///
  /// - Parameter trainingBins: over how many bins the spikes of the fit were counted.
  func prediction(_ fit: NeuronFit, trainingBins: Int) throws -> CoupledPrediction {
    let objective = NeuronObjective(data, observation, fit.columns)
    let means = objective.means(fit.coefficients)
    var counts = [Int](repeating: 0, count: data.bins.count)
    var segmentStarts: [Int] = []
    var passed = 0
    for range in data.bins.ranges {
      segmentStarts.append(passed)
      for position in data.spikes.positions(of: fit.neuron, in: range) {
        let bin = Int(data.spikes.bins[Int(position)])
        counts[passed + bin - range.lowerBound] = Int(data.spikes.counts[Int(position)])
      }
      passed += range.count
    }
    // A neuron without spikes had half a one.
    let constant = observation.mean(
      at: try observation.baseline(
        meanCount: max(Double(fit.spikeCount), 0.5) / Double(trainingBins), neuron: fit.neuron))
    let emission = observation.emission
    func sum(_ mean: (Int) -> Double) -> Double {
      counts.indices.reduce(0) {
        $0 + emission.logLikelihood(of: counts[$1], mean: mean($1))
      }
    }
    let saturated = sum { Double(counts[$0]) }
    return CoupledPrediction(
      neuron: fit.neuron, means: means,
      intensities: means.map { -emission.logLikelihood(of: 0, mean: $0) }, counts: counts,
      segmentStarts: segmentStarts, logLikelihood: sum { means[$0] },
      nullLogLikelihood: sum { _ in constant },
      saturatedLogLikelihood: saturated.isFinite ? saturated : nil, freeCount: fit.freeCount)
  }

  /// The columns of the fit of a neuron.
  func columns(of neuron: Int) -> FitColumns {
    data.columns(of: neuron, sources: sources(of: neuron))
  }

  /// ℓ of some of the bins, and its derivatives.
  func logLikelihood(
    of neuron: Int, at coefficients: [Double], bins: ScoredBins? = nil, gradient: inout [Double]
  ) -> Double {
    NeuronObjective(
      bins.map { CoupledData(data, bins: $0) } ?? data, observation, columns(of: neuron)
    ).logLikelihood(coefficients, gradient: &gradient)
  }

  /// How well the coefficients of a fit are known, those that were not kept at a value.
  func inference(_ fit: NeuronFit, penalty: Penalty) -> Inference {
    let held = Set(fit.warnings.compactMap(\.column))
    return Inference(
      NeuronObjective(data, observation, fit.columns), fit.coefficients,
      active: fit.columns.indices.filter { !held.contains(fit.columns.name(of: $0)) },
      ridge: penalty.ridge(of: fit.columns))
  }

  func result(_ fits: [NeuronFit], penalty: Penalty? = nil) -> CoupledFit {
    CoupledFit(
      neurons: fits, neuronCount: spikes.neuronCount, dt: spikes.dt, binsUsed: data.bins.count,
      history: data.history, coupling: data.coupling, stimuli: data.stimuli.map(\.basis),
      stimulusNames: fitter.stimuli.map(\.name), networkOffsets: spikes.networkOffsets,
      penalty: penalty ?? fitter.penalty)
  }

  /// The neurons that may have synapses onto a neuron, itself among them where there is no history basis.
  private func sources(of neuron: Int) -> [Int] {
    let network = spikes.networkOffsets.firstPosition { $0 > neuron } - 1
    return spikes.neurons(ofNetwork: network).filter { source in
      (source != neuron || data.history == nil) && fitter.mask?[source, neuron] ?? true
    }
  }
}

private func matrix(_ basis: any Basis) throws(SpikingError) -> BasisMatrix {
  try BasisMatrix(basis)
}
