public import SpikingFramework
public import SpikingModels
public import SpikingNonlinearities
public import SpikingNumerics

/// Fits coupled generalized linear models to spikes, by maximum likelihood: for each neuron a baseline, a
/// filter of its own past, a filter of the spikes of every other neuron, and filters of stimuli.
///
///     g_i(t) = baseline_i + Σ_k history_i(k) x_i(t−1−k) + Σ_{j≠i} Σ_k coupling_ji(k) x_j(t−1−k)
///              + Σ_s Σ_k stimulus_is(k) s(t−k) + Σ_terms Σ_j w_ij z_j(t) + offset_i(t)
///     μ_i(t) = nonlinearity(g_i(t)) · dt,   x_i(t) ~ emission(μ_i(t))
///
/// ```swift
/// let basis = RaisedCosineLogBasis(count: 5, window: 20)
/// let fit = try await CoupledFitter(history: basis, coupling: basis).fit(spikes)
/// print(fit.filter(from: 3, to: 7), fit.warnings)
/// ```
///
/// Filters are weighted sums of the functions of a basis. Neurons are fitted one by one, each with the same
/// result alone or among others, on any number of threads. The first bins of a recording or trial, as many
/// as the longest filter reaches back, have no complete history and are not evaluated. (Paninski 2004,
/// Network 15:243; Truccolo et al. 2005, J Neurophysiol 93:1074; Pillow et al. 2008, Nature 454:995.)
public struct CoupledFitter<InverseLink: Nonlinearity, EmissionModel: Emission>: Sendable {
  /// What turns drives into rates in spikes per ms.
  public var nonlinearity: InverseLink
  /// How spikes are drawn.
  public var emission: EmissionModel
  /// The functions of the filter of a neuron's own spikes; where there are none, they go through the
  /// coupling basis, if there is one, as those of any other neuron.
  public var history: (any Basis)?
  /// The functions of the filters of other neurons' spikes; without any, neurons are not coupled.
  public var coupling: (any Basis)?
  /// What acts on all neurons from outside.
  public var stimuli: [StimulusCovariate]
  /// Other terms that all neurons have: tuning, events, categories.
  public var terms: [BinnedTerm] = []
  /// What is known of the drive: for each neuron a value for each bin; empty where nothing is.
  public var offsets: [[Double]] = []
  /// Which synapses can be there; all within a network by default.
  public var mask: ConnectionMask?
  /// For each neuron the sign of its synapses, 1 or −1, or 0 where it is not known (Dale's law); empty
  /// where none is. Weights of functions that are nowhere negative then give filters of one sign.
  public var signs: [Int] = []
  /// What weights cost that have no penalty of their own.
  public var penalty = Penalty()
  /// What those of history filters cost; nil for the penalty of all.
  public var historyPenalty: Penalty?
  /// What those of coupling filters cost; nil for the penalty of all.
  public var couplingPenalty: Penalty?
  /// The design that the terms are from, which a fit keeps.
  public internal(set) var design: Design?
  /// The rate in Hz below which a neuron's own spikes may not feed themselves; nil where they may. The own
  /// filter h is then held at Σ_k (e^{h(k)} − 1) ≤ 1 / (rate · dt), with which the linear response to a spike
  /// is below 1 at all rates below this one, as `Stability` explains, and a fit is as likely as it can be
  /// under that bound. Not under a lasso or signs. Couplings are not bounded.
  public var stableRate: Double?
  /// Whether to say how well coefficients are known.
  public var hasStandardErrors = false
  /// How much memory a fit may take, its file included.
  public var memoryLimit = MemoryLimit.standard
  /// How minima are searched. Its tolerance is on the gradient in coordinates in which second derivatives
  /// are 1: the objective then lies above its minimum by half its square. Quasi-Newton steps of one
  /// evaluation each come before `.bfgs`. Under a lasso and signs the method is not used.
  ///
  /// Searches without derivatives, such as Nelder and Mead's simplex, or Brent's for one variable, are no
  /// choice here: a simplex of twenty coefficients needs thousands of evaluations and stops early, and the
  /// gradient costs no more than the value.
  public var minimizer = GradientMinimizer()

  /// The penalties of all inputs.
  var penaltyRule: PenaltyRule {
    PenaltyRule(
      common: penalty, history: historyPenalty, coupling: couplingPenalty,
      stimuli: stimuli.map(\.penalty), terms: terms.map(\.fitted))
  }

  /// A fitter for any nonlinearity and emission.
  public init(
    _ nonlinearity: InverseLink, _ emission: EmissionModel, history: (any Basis)? = nil,
    coupling: (any Basis)? = nil, stimuli: [StimulusCovariate] = []
  ) {
    self.nonlinearity = nonlinearity
    self.emission = emission
    self.history = history
    self.coupling = coupling
    self.stimuli = stimuli
  }

  /// Fits the neurons of a recording.
  ///
  /// - Parameters:
  ///   - spikes: the spikes; between the neurons of different networks there are no synapses.
  ///   - segments: the bins of each trial, ascending; one trial by default. What lies between is not
  ///     evaluated, and what was measured beside the spikes may be NaN there (`Segments`).
  ///   - neurons: which neurons to fit; all by default.
  ///   - execution: the number of threads, each of which fits a neuron.
  /// - Throws: `invalidParameter` about the settings, `invalidData` about neurons whose spikes cannot
  ///   occur, `exceedsMemory` before a fit that would take more than `memoryLimit`, `CancellationError` when the task is cancelled. What a fit cannot tell, and where a search
  ///   stopped too early, is in the result.
  /// - Complexity: for each neuron O(bins + spikes · window) in each of some eight to thirty evaluations;
  ///   memory O(bins + spikes + coefficients²) for each thread, where neurons without spikes count for nothing.
  public func fit(
    _ spikes: BinnedSpikes, segments: [Range<Int>]? = nil, neurons: [Int]? = nil,
    execution: Execution = Execution()
  ) async throws -> CoupledFit {
    let (neurons, threads) = try Self.schedule(neurons, of: spikes, execution)
    let problem = try CoupledProblem(
      self, spikes, segments: segments, neurons: neurons, threads: threads)
    let report = ProgressCount(of: neurons.count, execution.progress)
    let fits = try await concurrentMap(neurons, threads: threads) { neuron in
      try Task.checkCancellation()
      defer { report.add() }
      return try problem.fit(neuron)
    }
    return problem.result(fits)
  }
}

extension CoupledFitter where InverseLink == Exponential, EmissionModel == PoissonEmission {
  /// A fitter of Poisson spikes under an exponential nonlinearity, the canonical pair.
  public init(
    history: (any Basis)? = nil, coupling: (any Basis)? = nil, stimuli: [StimulusCovariate] = []
  ) {
    self.init(
      Exponential(), PoissonEmission(), history: history, coupling: coupling, stimuli: stimuli)
  }
}
