internal import SpikingFramework

/// What is fitted: parameters of a model and of its stimuli, by name, then the weights of all
/// synapses, where "weights" is among the names.
struct FittedParameters<Model: LikelihoodModel>: Sendable {
  let names: [String]
  let coordinates: [Coordinate]
  let initialValues: [Double]
  /// The positions of the model's own parameters among the names, and of those of stimuli.
  let ofModel: [Int]
  let ofStimuli: [Int]
  /// The position of the first weight; nil where the weights stay.
  let firstWeight: Int?
  /// Of each weight, the neuron at the end of its synapse, counted through all networks.
  let targets: [Int]

  private let model: Model
  private let stimuli: [TargetedStimulus]
  private let networks: [Connectivity]
  private let tuned: PackedParameters<Model>?

  /// The most parameters: their matrix of second derivatives is solved.
  static var maximumCount: Int { 1000 }

  /// - Throws: `unknownName`, or `invalidParameter` about a name that is no real number, is given
  ///   twice, or starts at a bound; `invalidData` where there are too many weights.
  init(
    _ names: [String], of model: Model, networks: [Connectivity], stimuli: [TargetedStimulus]
  ) throws(SpikingError) {
    self.model = model
    self.stimuli = stimuli
    self.networks = networks
    let scalars = names.filter { $0 != "weights" }
    try Self.checkKinds(scalars, model, stimuli)
    guard names.count - scalars.count <= 1 else {
      throw SpikingError(.invalidParameter, "parameters: weights", "is there twice")
    }
    let hasWeights = names.count > scalars.count
    tuned =
      scalars.isEmpty && hasWeights
      ? nil : try PackedParameters(scalars, of: model, stimuli: stimuli)
    let isOfStimulus = { (name: String) in !model.parameters.contains { $0.name == name } }
    ofModel = scalars.indices.filter { !isOfStimulus(scalars[$0]) }
    ofStimuli = scalars.indices.filter { isOfStimulus(scalars[$0]) }
    firstWeight = hasWeights ? scalars.count : nil
    let weights = hasWeights ? try Self.weights(networks) : []
    targets = weights.map(\.target)
    self.names = scalars + weights.map(\.name)
    initialValues = (tuned?.values ?? []) + weights.map(\.value)
    let domains = tuned?.domains ?? []
    coordinates = domains.map { Coordinate($0) } + weights.map { _ in .identity }
    for (index, domain) in domains.enumerated() {
      let value = initialValues[index]
      guard domain.contains(value), coordinates[index].position(of: value).isFinite else {
        throw SpikingError(
          .invalidParameter, "parameters: \(scalars[index])", found: value,
          expected: "\(domain), and not at its bound, to start from")
      }
    }
  }

  /// The model with other values, as a likelihood is computed of it.
  ///
  /// - Throws: `invalidParameter` where a value lies outside its domain.
  func point(
    _ values: [Double], derivatives: Bool
  ) throws(SpikingError) -> LikelihoodPoint<Model> {
    let changed = try tuned?.with(Array(values[..<(firstWeight ?? values.count)]))
    return LikelihoodPoint(
      changed?.model ?? model, stimuli: changed?.stimuli ?? stimuli,
      parameters: derivatives ? ofModel.map { names[$0] } : [],
      weights: firstWeight.map { first in divided(values[first...]) })
  }

  /// The networks with their fitted weights, in single precision.
  func networks(_ values: [Double]) throws(SpikingError) -> [Connectivity] {
    guard let firstWeight else { return networks }
    var next = firstWeight
    var fitted: [Connectivity] = []
    for network in networks {
      fitted.append(
        try network.mapWeights { _, _, _ in
          defer { next += 1 }
          return Float(values[next])
        })
    }
    return fitted
  }

  private func divided(_ weights: ArraySlice<Double>) -> [[Double]] {
    var next = weights.startIndex
    return networks.map { network in
      defer { next += network.synapseCount }
      return Array(weights[next..<next + network.synapseCount])
    }
  }
}
