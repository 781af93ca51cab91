import Spiking

/// Fits of three neurons by statsmodels, NeMoS, and a solver in Python, and what they were fitted to.
struct GoldenFits: Decodable {
  struct Bases: Decodable {
    let history: String
    let coupling: String
    let stimulus: String
  }

  struct Neuron: Decodable {
    let coefficients: [Double]
    let standardErrors: [Double]?
    let expectedStandardErrors: [Double]?
    let sandwichStandardErrors: [Double]?
    let logLikelihood: Double
    let objective: Double?
    let nemos: Peer?
  }

  struct Peer: Decodable {
    let objective: Double
    let coefficients: [Double]
  }

  struct Case: Decodable {
    let family: String
    let segments: [[Int]]?
    let stimulus: Bool?
    let offset: Bool?
    let bins: Int
    let neurons: [Neuron]

    /// The trials.
    var ranges: [Range<Int>]? { segments?.map { $0[0]..<$0[1] } }
  }

  struct Penalised: Decodable {
    let penalty: String
    let ridge: Double?
    let lasso: Double?
    let group: Double?
    let bins: Int
    let neurons: [Neuron]

    /// The penalty as fits take it.
    var strengths: Penalty {
      Penalty(ridge: ridge ?? 0, lasso: lasso ?? 0, groupLasso: group ?? 0)
    }
  }

  let bases: Bases
  let shape: Double
  let fits: [Case]
  let rectifier: Case
  let penalised: [Penalised]
}

/// The recording of `GoldenFits`.
struct GoldenRecording: Decodable {
  struct Events: Decodable {
    let neuron: [UInt32]
    let bin: [UInt32]
    let count: [UInt16]
  }

  let events: Events
  let stimulus: [Double]
  let offset: [Double]

  /// The spikes of three neurons in 2500 bins of 1 ms; at most one a bin where they are `clipped`.
  func spikes(clipped: Bool = false) throws -> SpikeTrains {
    try SpikeTrains(
      neurons: events.neuron, bins: events.bin, counts: clipped ? [] : events.count,
      binCount: stimulus.count, dt: 1, networkOffsets: [0, 3], seed: nil)
  }
}

extension GoldenFits {
  /// Runs `body` with the fitter of a family, with the bases, the stimulus and the offset of a case.
  func fit(
    _ family: String, to recording: GoldenRecording, stimulus: Bool = false, offset: Bool = false,
    segments: [Range<Int>]? = nil, threads: Int? = nil, neurons: [Int]? = nil,
    penalty: Penalty = Penalty(), hasStandardErrors: Bool = false
  ) async throws -> CoupledFit {
    func run(
      _ nonlinearity: some Nonlinearity, _ emission: some Emission
    ) async throws -> CoupledFit {
      var fitter = CoupledFitter(
        nonlinearity, emission, history: try BuiltInBases.basis(bases.history),
        coupling: try BuiltInBases.basis(bases.coupling))
      if stimulus, let basis = try BuiltInBases.basis(bases.stimulus) {
        fitter.stimuli = [
          StimulusCovariate("stimulus", values: recording.stimulus, basis: basis)
        ]
      }
      if offset { fitter.offsets = Array(repeating: recording.offset, count: 3) }
      fitter.penalty = penalty
      fitter.hasStandardErrors = hasStandardErrors
      fitter.minimizer.tolerance = 1e-9
      return try await fitter.fit(
        recording.spikes(clipped: family.hasPrefix("bernoulli")), segments: segments,
        neurons: neurons, threads: threads)
    }
    return switch family {
    case "poisson-exp": try await run(Exponential(), PoissonEmission())
    case "poisson-softplus": try await run(Softplus(), PoissonEmission())
    case "poisson-rectifier": try await run(Rectifier(), PoissonEmission())
    case "bernoulli-logistic": try await run(Sigmoid(), BernoulliEmission())
    case "bernoulli-cloglog": try await run(ComplementaryLogLog(), BernoulliEmission())
    default: try await run(Exponential(), NegativeBinomialEmission(shape: shape))
    }
  }
}
