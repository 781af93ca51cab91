public import SpikingFramework

/// The fit of a population: the fits of its neurons, and all that the model consists of, so that it can be asked
/// for predictions, simulated and stored without what made it.
///
/// ```swift
/// let fit = try await CoupledFitter(history: basis, coupling: basis).fit(spikes)
/// let predictions = try await fit.predictions(for: others)
/// let again = try await Simulator(fit.model()).run([fit.model().network()], steps: 10_000, seed: 0)
/// ```
public struct CoupledFit: Sendable {
  /// What turns drives into rates in spikes per ms.
  public let nonlinearity: any Nonlinearity
  /// How spikes are drawn.
  public let emission: any Emission
  /// The neurons that were fitted.
  public let neurons: [NeuronFit]
  /// The number of neurons of the recording.
  public let neuronCount: Int
  /// The width of a bin in ms.
  public let dt: Double
  /// How many bins were evaluated.
  public let binsUsed: Int
  /// The functions of the history filters.
  public let history: BasisMatrix?
  /// The functions of the coupling filters.
  public let coupling: BasisMatrix?
  /// The functions of the filters of each stimulus.
  public let stimuli: [BasisMatrix]
  /// What the stimuli are called.
  public let stimulusNames: [String]
  /// The other terms: tuning, events, categories.
  public let terms: [FittedTerm]
  /// The first neuron of each network, and the number of neurons at the end.
  public let networkOffsets: [Int]
  /// What weights cost.
  public let penalty: Penalty
  /// Which synapses could be there, the others being held at 0; nil where all could be.
  public let mask: ConnectionMask?
  /// The design that was fitted, with what its recording said of it; nil of a fit without one.
  public let design: Design?

  package init(
    nonlinearity: any Nonlinearity, emission: any Emission, neurons: [NeuronFit], neuronCount: Int,
    dt: Double, binsUsed: Int, history: BasisMatrix?,
    coupling: BasisMatrix?, stimuli: [BasisMatrix], stimulusNames: [String],
    terms: [FittedTerm] = [],
    networkOffsets: [Int], penalty: Penalty, mask: ConnectionMask?, design: Design? = nil
  ) {
    self.nonlinearity = nonlinearity
    self.emission = emission
    self.neurons = neurons
    self.neuronCount = neuronCount
    self.dt = dt
    self.binsUsed = binsUsed
    self.history = history
    self.coupling = coupling
    self.stimuli = stimuli
    self.stimulusNames = stimulusNames
    self.terms = terms
    self.networkOffsets = networkOffsets
    self.penalty = penalty
    self.mask = mask
    self.design = design
  }

  /// Whether weights of some inputs become exactly 0 under their penalty.
  var isSparse: Bool {
    penalty.isSparse || terms.contains { $0.penalty?.isSparse ?? false }
      || (design?.parts ?? []).contains { $0.penalty?.isSparse ?? false }
  }

  /// What the data could not tell, of all neurons.
  public var warnings: [FitWarning] { neurons.flatMap(\.warnings) }

  /// The log-likelihood of all neurons in nats.
  public var logLikelihood: Double { neurons.reduce(0) { $0 + $1.logLikelihood } }

  /// The fits of some of the neurons; the others are what these may be coupled with.
  package func keeping(_ neurons: Set<Int>) -> CoupledFit {
    CoupledFit(
      nonlinearity: nonlinearity, emission: emission,
      neurons: self.neurons.filter { neurons.contains($0.neuron) }, neuronCount: neuronCount,
      dt: dt,
      binsUsed: binsUsed, history: history, coupling: coupling, stimuli: stimuli,
      stimulusNames: stimulusNames, terms: terms, networkOffsets: networkOffsets, penalty: penalty,
      mask: mask, design: design)
  }

  /// The fit of a neuron; nil where it was not fitted.
  public subscript(neuron: Int) -> NeuronFit? {
    if neurons.indices.contains(neuron), neurons[neuron].neuron == neuron { return neurons[neuron] }
    return neurons.first { $0.neuron == neuron }
  }

  /// The weights of the coupling functions of a synapse; none where it was not fitted.
  public func weights(from source: Int, to target: Int) -> [Double] {
    self[target]?.weights(of: .coupling(from: source)) ?? []
  }

  /// How a spike of `source` acts on the drive of `target` in the following bins: the coupling filter, or
  /// the history filter of a neuron on itself. Empty where there is none.
  public func filter(from source: Int, to target: Int) -> [Double] {
    if source == target, let history, let fit = self[target] {
      return history.filter(fit.weights(of: .history))
    }
    let weights = weights(from: source, to: target)
    return weights.isEmpty ? [] : coupling?.filter(weights) ?? []
  }
}

extension CoupledFit: Equatable {
  /// Whether all numbers are the same, those of the nonlinearity and the emission among them.
  public static func == (one: CoupledFit, other: CoupledFit) -> Bool {
    one.neurons == other.neurons && one.neuronCount == other.neuronCount && one.dt == other.dt
      && one.binsUsed == other.binsUsed && one.history == other.history
      && one.coupling == other.coupling && one.stimuli == other.stimuli
      && one.stimulusNames == other.stimulusNames && one.networkOffsets == other.networkOffsets
      && one.terms == other.terms && one.penalty == other.penalty && one.mask == other.mask
      && one.design == other.design
      && isSame(one.nonlinearity, other.nonlinearity) && isSame(one.emission, other.emission)
  }

  private static func isSame(_ one: any Parameterized, _ other: any Parameterized) -> Bool {
    type(of: one) == type(of: other) && one.parameters == other.parameters
  }
}
