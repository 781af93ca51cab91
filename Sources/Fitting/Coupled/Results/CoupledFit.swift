/// The fit of a population: the fits of its neurons, and what they have in common.
public struct CoupledFit: Hashable, Sendable {
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
  /// The first neuron of each network, and the number of neurons at the end.
  public let networkOffsets: [Int]
  /// What weights cost.
  public let penalty: Penalty

  package init(
    neurons: [NeuronFit], neuronCount: Int, dt: Double, binsUsed: Int, history: BasisMatrix?,
    coupling: BasisMatrix?, stimuli: [BasisMatrix], stimulusNames: [String], networkOffsets: [Int],
    penalty: Penalty
  ) {
    self.neurons = neurons
    self.neuronCount = neuronCount
    self.dt = dt
    self.binsUsed = binsUsed
    self.history = history
    self.coupling = coupling
    self.stimuli = stimuli
    self.stimulusNames = stimulusNames
    self.networkOffsets = networkOffsets
    self.penalty = penalty
  }

  /// What the data could not tell, of all neurons.
  public var warnings: [FitWarning] { neurons.flatMap(\.warnings) }

  /// The log-likelihood of all neurons in nats.
  public var logLikelihood: Double { neurons.reduce(0) { $0 + $1.logLikelihood } }

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
