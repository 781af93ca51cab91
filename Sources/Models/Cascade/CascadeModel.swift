public import SpikingFramework
internal import SpikingNumerics

/// A model that is a cascade: filters make the drive, a nonlinearity the rate, an emission the
/// spikes.
///
///     g_i(t) = Σ_k own(k) x_i(t−1−k) + scale · Σ_j Σ_k coupling(k) W_ji x_j(t−d_ji−k) + baseline + E_i(t)
///     μ_i(t) = nonlinearity(g_i(t)) · dt
///     x_i(t) ~ emission(μ_i(t))
///
/// A conforming type describes the parts in terms of its own parameters; simulation follows from
/// the description, and so do likelihoods and their derivatives. `BernoulliGLM` is an example.
public protocol CascadeModel: DifferentiableModel
where State == CascadeState<InverseLink, EmissionModel> {
  /// The nonlinearity.
  associatedtype InverseLink: Nonlinearity
  /// The emission.
  associatedtype EmissionModel: Emission
  /// The filter of the synapses.
  associatedtype Coupling: TemporalFilter
  /// The filter of a neuron's own spikes.
  associatedtype History: TemporalFilter = TapFilter

  /// What turns the drive into a rate in spikes per ms.
  var nonlinearity: InverseLink { get }
  /// What draws the counts.
  var emission: EmissionModel { get }
  /// How a spike acts through every synapse, in units of the synapse's weight.
  var coupling: Coupling { get }
  /// How a spike acts on the neuron itself, besides any autapse; nothing by default.
  var historyFilter: History { get }
  /// What multiplies all synapses; 1 by default.
  var synapticScale: Double { get }
  /// The drive of a neuron without input; 0 by default.
  var baseline: Double { get }
}

extension CascadeModel where History == TapFilter {
  /// None.
  public var historyFilter: TapFilter { TapFilter() }
}

extension CascadeModel {
  /// 1.
  public var synapticScale: Double { 1 }
  /// 0.
  public var baseline: Double { 0 }
  /// That of the emission.
  public var maximumCount: Double { emission.maximumCount }

  public func makeState(
    of network: Connectivity, neurons: Range<Int>
  ) throws(SpikingError) -> CascadeState<InverseLink, EmissionModel> {
    try validateParts()
    let filter = CouplingFilter(coupling, dt: dt)
    try Self.check(filter, "coupling")
    let historyTaps = historyFilter.taps(dt: dt)
    try Self.check(.taps(historyTaps), "historyFilter")
    return CascadeState(
      nonlinearity: nonlinearity, emission: emission, dt: dt,
      filters: try CascadeFilters(
        network: network, neurons: neurons, coupling: filter, historyTaps: historyTaps,
        scale: synapticScale, baseline: baseline))
  }

  /// Throws unless the model and all its parts are usable.
  func validateParts() throws(SpikingError) {
    try validate()
    try nonlinearity.validate()
    try emission.validate()
    try coupling.validate()
    try historyFilter.validate()
  }

  static func check(_ filter: CouplingFilter, _ name: String) throws(SpikingError) {
    guard let fault = filter.fault else { return }
    throw SpikingError(
      .invalidParameter, "\(typeName).\(name)", found: fault, expected: "finite weights")
  }

  public func emit(
    _ state: inout CascadeState<InverseLink, EmissionModel>, input: BlockInput, bin: Int,
    random: RandomSource,
    into spikes: inout BinSpikes
  ) {
    state.emit(input: input, bin: bin, random: random, into: &spikes)
  }

  public func receive(
    _ spikes: BinSpikes, bin: Int, in state: inout CascadeState<InverseLink, EmissionModel>
  ) {
    state.receive(spikes, bin: bin)
  }
}
