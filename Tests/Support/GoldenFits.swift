package import Spiking

/// Fits of three neurons by statsmodels, NeMoS, and a solver in Python, and what they were fitted to.
package struct GoldenFits: Decodable {
  package struct Bases: Decodable {
    package let history: String
    package let coupling: String
    package let stimulus: String
  }

  package struct Neuron: Decodable {
    package let coefficients: [Double]
    package let standardErrors: [Double]?
    package let expectedStandardErrors: [Double]?
    package let sandwichStandardErrors: [Double]?
    package let logLikelihood: Double
    package let objective: Double?
    package let nemos: Peer?
  }

  package struct Peer: Decodable {
    package let objective: Double
    package let coefficients: [Double]
  }

  package struct Case: Decodable {
    package let family: String
    package let segments: [[Int]]?
    package let stimulus: Bool?
    package let offset: Bool?
    package let bins: Int
    package let neurons: [Neuron]

    /// The trials.
    package var ranges: [Range<Int>]? { segments?.map { $0[0]..<$0[1] } }
  }

  package struct Penalised: Decodable {
    package let penalty: String
    package let ridge: Double?
    package let lasso: Double?
    package let group: Double?
    package let bins: Int
    package let neurons: [Neuron]

    /// The penalty as fits take it.
    package var strengths: Penalty {
      Penalty(ridge: ridge ?? 0, lasso: lasso ?? 0, groupLasso: group ?? 0)
    }
  }

  package let bases: Bases
  package let shape: Double
  package let fits: [Case]
  package let rectifier: Case
  package let penalised: [Penalised]
}

/// The recording of `GoldenFits`.
package struct GoldenRecording: Decodable {
  package struct Events: Decodable {
    package let neuron: [UInt32]
    package let bin: [UInt32]
    package let count: [UInt16]
  }

  package let events: Events
  package let stimulus: [Double]
  package let offset: [Double]

  /// The spikes of three neurons in 2500 bins of 1 ms; at most one a bin where they are `clipped`.
  package func spikes(clipped: Bool = false) throws -> BinnedSpikes {
    try BinnedSpikes(
      neurons: events.neuron, bins: events.bin, counts: clipped ? [] : events.count,
      binCount: stimulus.count, dt: 1, networkOffsets: [0, 3], seed: nil)
  }
}

extension GoldenFits {
  /// Runs `body` with the fitter of a family, with the bases, the stimulus and the offset of a case.
  package func fit(
    _ family: String, to recording: GoldenRecording, stimulus: Bool = false, offset: Bool = false,
    segments: [Range<Int>]? = nil, threads: Int? = nil, neurons: [Int]? = nil,
    penalty: Penalty = Penalty(), hasStandardErrors: Bool = false
  ) async throws -> CoupledFit {
    func run(
      _ nonlinearity: some Nonlinearity, _ emission: some Emission
    ) async throws -> CoupledFit {
      var fitter = CoupledFitter(
        nonlinearity, emission, history: try Catalogue.standard.basis(bases.history),
        coupling: try Catalogue.standard.basis(bases.coupling))
      if stimulus, let basis = try Catalogue.standard.basis(bases.stimulus) {
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
        neurons: neurons, execution: .init(threads: threads))
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
