/// A model that says how likely given spikes are: what can be fitted to recorded spikes.
///
/// One method is owed, the log-likelihood of one bin, which is to `emit` what a density is to a draw.
/// The framework owns the time loop (`SpikeReplay`); every `CascadeModel` conforms by itself, and gives
/// derivatives (`DifferentiableModel`).
public protocol LikelihoodModel: SpikingModel {
  /// ln P of the spikes of the block in one bin, in nats, given what it received before. It moves the
  /// state on as `emit` does; `receive` follows with the spikes that all neurons emitted.
  ///
  /// - Parameters:
  ///   - spikes: what the neurons of the block did: those that fired, in ascending order; all others
  ///     were silent.
  ///   - state: the block's state.
  ///   - input: the stimuli, to be added to the drives.
  ///   - bin: the number of the bin, from 0.
  /// - Returns: the sum over the neurons of the block; `-.infinity` for spikes that cannot occur.
  func logLikelihood(
    of spikes: BinSpikes, in state: inout State, input: BlockInput, bin: Int
  ) -> Double

  /// How many bins a spike acts on: as many at the start of a recording have an incomplete history.
  /// 0, the default, where that is not known or without end.
  func historyLength(in network: Connectivity) -> Int
}

extension LikelihoodModel {
  /// 0.
  public func historyLength(in network: Connectivity) -> Int { 0 }
}

/// A model that also knows the derivatives of its log-likelihood, by which weights can be fitted and
/// parameters faster than by differences.
public protocol DifferentiableModel: LikelihoodModel {
  /// A block that gives the derivatives of its log-likelihood.
  ///
  /// - Parameters:
  ///   - network: the network.
  ///   - neurons: the block.
  ///   - parameters: the names of the parameters, real numbers, whose derivatives are wanted.
  ///   - weights: the weights of the synapses in the order of `forEachSynapse`, in place of the
  ///     network's own, where they are variables whose derivatives are wanted, too.
  /// - Throws: `invalidParameter` where the parameters do not fit the network or each other.
  func makeReplayedBlock(
    of network: Connectivity, neurons: Range<Int>, parameters: [String], weights: [Double]?
  ) throws(SpikingError) -> any ReplayedBlock
}

/// A block of neurons as recorded spikes go through it bin by bin, and the derivatives of their
/// log-likelihood.
public protocol ReplayedBlock {
  /// ln P of the spikes of the block in one bin, in nats.
  ///
  /// - Parameters:
  ///   - spikes: what the neurons of the block did.
  ///   - input: the stimuli.
  ///   - bin: the bin; bins follow each other from 0.
  ///   - isCounted: whether the bin adds to the gradient.
  mutating func logLikelihood(
    of spikes: BinSpikes, input: BlockInput, bin: Int, isCounted: Bool
  ) -> Double

  /// Takes in the spikes that all neurons of the network emitted in bin `bin`.
  mutating func receive(_ spikes: BinSpikes, bin: Int)

  /// The derivatives of the sum over all counted bins: of the parameters, in their order, then of all
  /// weights of the network, where they are variables.
  var gradient: [Double] { get }
}
