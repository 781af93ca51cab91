public import SpikingFramework

/// What a likelihood is computed of, and which of its derivatives.
public struct LikelihoodPoint<Model: LikelihoodModel>: Sendable {
  /// The model.
  public var model: Model
  /// The stimuli that acted on the networks.
  public var stimuli: [TargetedStimulus]
  /// The parameters of the model whose derivatives are wanted, by name.
  public var parameters: [String]
  /// The weights of each network in the order of `forEachSynapse`, where they are variables: they
  /// take the place of the networks' own, and their derivatives follow those of the parameters.
  public var weights: [[Double]]?

  /// A model with its stimuli; without derivatives unless they are named.
  public init(
    _ model: Model, stimuli: [TargetedStimulus] = [], parameters: [String] = [],
    weights: [[Double]]? = nil
  ) {
    self.model = model
    self.stimuli = stimuli
    self.parameters = parameters
    self.weights = weights
  }

  /// Whether the model has to give derivatives.
  var needsGradient: Bool { !parameters.isEmpty || weights != nil }
}
