public import SpikingFramework
internal import SpikingModels

/// What a fit says of the rate of one neuron in every bin of a recording, and which part each term has in it:
///
///     g(t) = baseline + Σ_terms part(t),    rate(t) = 1000 E[count(t)] / dt
public struct RatePrediction: Hashable, Sendable {
  /// What one term adds to the drive.
  public struct Part: Hashable, Sendable {
    /// The name of the term: "history", "coupling" of all sources together, "offset" of what is known of the drive, else as
    /// the design or the stimuli have it.
    public let name: String
    /// A value for each bin, NaN where it was not evaluated.
    public let drive: [Double]
  }

  /// The means and the counts of the bins that were evaluated.
  public let prediction: CoupledPrediction
  /// The bins that were evaluated.
  public let evaluated: [Range<Int>]
  /// The expected spikes in each bin of the recording in Hz, NaN where it was not evaluated.
  public let rates: [Double]
  /// The drive without any term.
  public let baseline: Double
  /// What each term adds, those of the fit in their order, then the offset where there is one.
  public let parts: [Part]
  /// The curves of the terms that were asked for, in the order of their grids.
  public let curves: [TermCurve]

  /// The neuron.
  public var neuron: Int { prediction.neuron }

  /// The recorded spikes in each bin in Hz, NaN where it was not evaluated.
  public func recordedRates(dt: Double) -> [Double] {
    evaluated.spread(prediction.counts.map { Double($0) / dt * 1000 }, over: rates.count)
  }
}

extension CoupledFit {
  /// The rates of all neurons in a recording.
  ///
  /// - Parameter grids: where the terms of the design are looked at, for their curves.
  /// - Throws: as `predictions(for:)`, whose parameters the others are.
  /// - Complexity: that of predictions, times the number of terms; with curves and standard errors that of an evaluation of
  ///   second derivatives for each neuron.
  public func rates(
    for spikes: BinnedSpikes, stimuli: [[Double]] = [], offsets: [[Double]] = [],
    terms: [BinnedTerm] = [], grids: [TermGrid] = [], segments: [Range<Int>]? = nil,
    neurons: [Int]? = nil, memoryLimit: MemoryLimit = .standard, execution: Execution = Execution()
  ) async throws -> [RatePrediction] {
    try await mapRates(
      for: spikes, stimuli: stimuli, offsets: offsets, terms: terms, grids: grids,
      segments: segments, neurons: neurons, memoryLimit: memoryLimit, execution: execution
    ) { $0 }
  }

  /// The rates of all neurons in a session, with the curves of all terms of the design that have any.
  ///
  /// - Throws: as above; what the terms throw.
  public func rates(
    in recording: BinnedRecording, segments: [Range<Int>]? = nil, neurons: [Int]? = nil,
    execution: Execution = Execution()
  ) async throws -> [RatePrediction] {
    let design = design ?? Design([])
    let inputs = try DesignInputs(design, in: recording)
    let valued = inputs.segmentsWithValues(binCount: recording.binCount)
    return try await rates(
      for: recording.spikes, stimuli: inputs.stimuli.map(\.values),
      offsets: inputs.offset.map { Array(repeating: $0, count: neuronCount) } ?? [],
      terms: inputs.terms, grids: TermGrid.all(of: design, in: recording),
      segments: segments.map { Segments.intersection($0, valued) } ?? valued, neurons: neurons,
      execution: execution)
  }

  /// What a function makes of the rates of each neuron. Only as many neurons as there are threads are in memory: each has a
  /// number for every bin and term.
  ///
  /// - Throws: as `rates`, and what the function throws.
  public func mapRates<Value: Sendable>(
    for spikes: BinnedSpikes, stimuli: [[Double]] = [], offsets: [[Double]] = [],
    terms: [BinnedTerm] = [], grids: [TermGrid] = [], segments: [Range<Int>]? = nil,
    neurons: [Int]? = nil, memoryLimit: MemoryLimit = .standard, execution: Execution = Execution(),
    _ transform: @escaping @Sendable (RatePrediction) throws -> Value
  ) async throws -> [Value] {
    try await mapFits(
      for: spikes, stimuli: stimuli, offsets: offsets, terms: terms, segments: segments,
      neurons: neurons, memoryLimit: memoryLimit, execution: execution
    ) { problem, neuron in
      try transform(
        problem.rates(of: neuron, in: self, grids: grids, binCount: spikes.binCount))
    }
  }

  /// The name of what an input adds to the drive.
  func partName(of input: FitColumns.Group.Input) -> String {
    switch input {
    case .history: design?.parts.first { $0.term is History }?.name ?? "history"
    case .coupling: design?.parts.first { $0.term is Coupling }?.name ?? "coupling"
    case .stimulus(let number): stimulusNames[number]
    case .term(let name): name
    }
  }
}

extension [Range<Int>] {
  /// The values of the bins of these ranges, one after the other, at their places among all bins; NaN at the others.
  func spread(_ values: [Double], over count: Int) -> [Double] {
    var spread = [Double](repeating: .nan, count: count)
    var passed = 0
    for range in self {
      spread.replaceSubrange(range, with: values[passed..<passed + range.count])
      passed += range.count
    }
    return spread
  }
}
