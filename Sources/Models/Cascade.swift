public import SpikingFramework
public import SpikingNonlinearities

/// A cascade put together from parts: any nonlinearity, emission, and filters of synapses and of a neuron's own
/// spikes.
///
/// ```swift
/// let model = Cascade(Softplus(), PoissonEmission(), coupling: AlphaFilter(tau: 5), baseline: -3)
/// ```
///
/// From the command, parts are chosen by their registered names: `--model Cascade --set nonlinearity=Softplus
/// --set coupling=DifferenceOfExponentials --set riseTime=2`.
public struct Cascade<
  InverseLink: Nonlinearity, EmissionModel: Emission, Coupling: TemporalFilter,
  History: TemporalFilter
>: CascadeModel {
  /// The width of a bin in ms.
  public var dt: Double
  /// The drive of a neuron without input.
  public var baseline: Double
  /// What multiplies all synapses.
  public var synapticScale: Double
  /// What turns the drive into a rate in spikes per ms.
  public var nonlinearity: InverseLink
  /// What draws the counts.
  public var emission: EmissionModel
  /// How a spike acts through every synapse, in units of the synapse's weight.
  public var coupling: Coupling
  /// How a spike acts on the neuron itself.
  public var historyFilter: History

  /// A cascade of these parts.
  public init(
    _ nonlinearity: InverseLink, _ emission: EmissionModel, coupling: Coupling,
    historyFilter: History, baseline: Double = 0, synapticScale: Double = 1, dt: Double = 1
  ) {
    self.nonlinearity = nonlinearity
    self.emission = emission
    self.coupling = coupling
    self.historyFilter = historyFilter
    self.baseline = baseline
    self.synapticScale = synapticScale
    self.dt = dt
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("dt", &dt, in: .positive, unit: .milliseconds)
    visit("baseline", &baseline, in: .real)
    visit("synapticScale", &synapticScale, in: .real)
    visit("nonlinearity", &nonlinearity)
    visit("emission", &emission)
    visit("coupling", &coupling)
    visit("history", &historyFilter)
  }
}

extension Cascade where History == TapFilter {
  /// A cascade whose neurons have no filter of their own spikes.
  public init(
    _ nonlinearity: InverseLink, _ emission: EmissionModel, coupling: Coupling,
    baseline: Double = 0, synapticScale: Double = 1, dt: Double = 1
  ) {
    self.init(
      nonlinearity, emission, coupling: coupling, historyFilter: TapFilter(), baseline: baseline,
      synapticScale: synapticScale, dt: dt)
  }
}

extension Cascade
where
  InverseLink == Exponential, EmissionModel == PoissonEmission, Coupling == ExponentialFilter,
  History == TapFilter
{
  /// Poisson spikes at an exponential of the drive, which decays by a fifth in a bin: parts to start from.
  public init() {
    self.init(
      Exponential(), PoissonEmission(), coupling: ExponentialFilter(decayRate: 0.2, window: 25),
      baseline: -4)
  }
}

extension Cascade: AssembledModel {
  public var parts: [ModelPart] {
    [
      ModelPart("nonlinearity", nonlinearity), ModelPart("emission", emission),
      ModelPart("coupling", coupling), ModelPart("history", historyFilter),
    ]
  }

  public func replacing(_ name: String, with part: any Parameterized) -> (any SpikingModel)? {
    switch (name, part) {
    case ("nonlinearity", let part as any Nonlinearity): exchanging(part)
    case ("emission", let part as any Emission): exchanging(part)
    case ("coupling", let part as any TemporalFilter): exchanging(coupling: part)
    case ("history", let part as any TemporalFilter): exchanging(history: part)
    default: nil
    }
  }

  private func exchanging(_ nonlinearity: some Nonlinearity) -> any SpikingModel {
    Cascade<_, _, _, _>(
      nonlinearity, emission, coupling: coupling, historyFilter: historyFilter, baseline: baseline,
      synapticScale: synapticScale, dt: dt)
  }

  private func exchanging(_ emission: some Emission) -> any SpikingModel {
    Cascade<_, _, _, _>(
      nonlinearity, emission, coupling: coupling, historyFilter: historyFilter, baseline: baseline,
      synapticScale: synapticScale, dt: dt)
  }

  private func exchanging(coupling: some TemporalFilter) -> any SpikingModel {
    Cascade<_, _, _, _>(
      nonlinearity, emission, coupling: coupling, historyFilter: historyFilter, baseline: baseline,
      synapticScale: synapticScale, dt: dt)
  }

  private func exchanging(history: some TemporalFilter) -> any SpikingModel {
    Cascade<_, _, _, _>(
      nonlinearity, emission, coupling: coupling, historyFilter: history, baseline: baseline,
      synapticScale: synapticScale, dt: dt)
  }
}
