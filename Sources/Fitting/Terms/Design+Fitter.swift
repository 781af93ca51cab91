public import SpikingFramework
public import SpikingModels
public import SpikingNonlinearities

extension CoupledFitter {
  /// A fitter of the terms of a design to a recording.
  ///
  /// - Throws: what the terms throw, each naming itself; `invalidParameter` where two terms have one name, or there are two
  ///   of what there can be one: history, coupling.
  public init(
    _ nonlinearity: InverseLink, _ emission: EmissionModel, design: Design,
    in recording: BinnedRecording
  ) throws(SpikingError) {
    let design = try design.resolved(in: recording)
    self.init(
      nonlinearity, emission, design: design, try DesignInputs(design, in: recording))
  }

  /// A fitter of the terms of a design, which they are in a recording.
  public init(
    _ nonlinearity: InverseLink, _ emission: EmissionModel, design: Design, _ inputs: DesignInputs
  ) {
    self.init(
      nonlinearity, emission, history: inputs.history?.basis, coupling: inputs.coupling?.basis,
      stimuli: inputs.stimuli)
    historyPenalty = inputs.history?.penalty
    couplingPenalty = inputs.coupling?.penalty
    terms = inputs.terms
    if let offset = inputs.offset {
      offsets = Array(repeating: offset, count: inputs.neuronCount)
    }
    // A design of filters of spikes alone says nothing that a fit does not say.
    let isPlain = design.parts.allSatisfy {
      ($0.term is History || $0.term is Coupling) && $0.penalty == nil
    }
    self.design = isPlain ? nil : design
  }

  /// What of the recording the terms leave out, a line each.
  public var notices: [String] { terms.flatMap(\.columns.notices) }

  /// The bins of so many in which all terms have values.
  func definedBins(of binCount: Int) -> [Range<Int>] {
    var bins = [0..<binCount]
    for case let defined? in terms.map(\.columns.definedBins) {
      bins = Segments.intersection(bins, defined)
    }
    return bins
  }
}

extension Design {
  /// Fits the neurons of a recording under a nonlinearity and an emission.
  ///
  /// - Parameters:
  ///   - segments: the bins of each trial, ascending; one trial by default. Where a signal or a known part of the drive has
  ///     no value, a new one begins.
  ///   - configure: further settings of the fitter, such as standard errors.
  /// - Throws: as `CoupledFitter.init(_:_:design:in:)` and `CoupledFitter.fit`.
  public func fit<InverseLink: Nonlinearity, EmissionModel: Emission>(
    _ recording: BinnedRecording, _ nonlinearity: InverseLink, _ emission: EmissionModel,
    segments: [Range<Int>]? = nil, execution: Execution = Execution(),
    configure: (inout CoupledFitter<InverseLink, EmissionModel>) -> Void = { _ in }
  ) async throws -> CoupledFit {
    var fitter = try CoupledFitter(nonlinearity, emission, design: self, in: recording)
    configure(&fitter)
    let valued = Segments.withValues(
      of: fitter.stimuli.map(\.values) + fitter.offsets.prefix(1), binCount: recording.binCount)
    return try await fitter.fit(
      recording.spikes, segments: segments.map { Segments.intersection($0, valued) } ?? valued,
      execution: execution)
  }

  /// Fits the neurons of a recording: Poisson counts under an exponential.
  ///
  /// - Throws: as above.
  public func fit(
    _ recording: BinnedRecording, segments: [Range<Int>]? = nil, execution: Execution = Execution(),
    configure: (inout CoupledFitter<Exponential, PoissonEmission>) -> Void = { _ in }
  ) async throws -> CoupledFit {
    try await fit(
      recording, Exponential(), PoissonEmission(), segments: segments, execution: execution,
      configure: configure)
  }
}
