public import SpikingFramework

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
