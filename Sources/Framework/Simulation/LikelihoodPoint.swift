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

/// A log-likelihood and its derivatives.
public struct LikelihoodValue: Hashable, Sendable {
  /// The sum over all counted bins, in nats; `-.infinity` where the spikes cannot occur.
  public var logLikelihood = 0.0
  /// The derivatives of the parameters, then of the weights of all networks.
  public var gradient: [Double] = []
  /// The first bin whose spikes cannot occur, or have no likelihood.
  public var fault: Fault?

  /// Spikes that cannot occur.
  public struct Fault: Hashable, Sendable {
    /// The number of the network.
    public let network: Int
    /// The bin.
    public let bin: Int
    /// Whether the log-likelihood is not a number; else the likelihood is 0.
    public let isNotANumber: Bool

    /// The error that says so.
    public var error: SpikingError {
      SpikingError(
        .invalidData, "spikes of network \(network), bin \(bin)",
        isNotANumber
          ? "their log-likelihood is not a number: the model's rates leave the range of numbers"
          : "they cannot occur: the model gives them a likelihood of 0")
    }
  }
}

/// A sum of many numbers with the rounding of few (Neumaier 1974).
struct CompensatedSum {
  private var sum = 0.0
  private var compensation = 0.0

  var value: Double { sum + compensation }

  mutating func add(_ term: Double) {
    let next = sum + term
    compensation += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }
}
