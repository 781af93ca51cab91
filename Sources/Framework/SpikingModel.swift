/// A network model: how the neurons of a network turn past spikes and present input into the
/// spikes of the next bin.
///
/// The framework owns the time loop; a model only says what happens in one bin, in two halves. The
/// neurons of a network are divided into blocks, each with a state of its own, so that blocks can
/// run on different threads: within a bin every block emits, and then every block receives what
/// all of them emitted.
///
/// Most models are cascades of filters, a nonlinearity and an emission: those conform to
/// `CascadeModel`, which needs a few lines.
public protocol SpikingModel: Parameterized, Sendable {
  /// What a block of neurons remembers from bin to bin.
  associatedtype State: BlockState

  /// The width of a bin in ms.
  var dt: Double { get }

  /// The most spikes that a neuron can fire in a bin on average, which activity out of control comes near
  /// to; infinite, the default, where nothing bounds it.
  var maximumCount: Double { get }

  /// The silent state of a block of neurons of a network; blocks begin at multiples of 64.
  ///
  /// - Throws: `invalidParameter` where the parameters do not fit the network.
  func makeState(of network: Connectivity, neurons: Range<Int>) throws(SpikingError) -> State

  /// Draws the spikes of the block in one bin from what it received before.
  ///
  /// - Parameters:
  ///   - state: the block's state.
  ///   - input: the stimuli, to be added to the drives.
  ///   - bin: the number of the bin; negative during the equilibration.
  ///   - random: the run's randomness for this network. Its streams by neuron and bin are the
  ///     emission's; a model that draws more derives `random["its purpose"]`.
  ///   - spikes: takes the spikes, in ascending order of the neurons of the network.
  func emit(
    _ state: inout State, input: BlockInput, bin: Int, random: RandomSource,
    into spikes: inout BinSpikes)

  /// Takes in the spikes that all neurons of the network emitted in bin `bin`.
  func receive(_ spikes: BinSpikes, bin: Int, in state: inout State)

  /// How strongly spikes of a network make further spikes, a phrase for the error of one that ran away; by
  /// default the spectral radius of the weights.
  func feedback(in network: Connectivity) -> String
}

extension SpikingModel {
  /// Infinity.
  public var maximumCount: Double { .infinity }

  /// "spectral radius of the weights 3.0".
  public func feedback(in network: Connectivity) -> String {
    "spectral radius of the weights \((network.spectralRadius() * 1000).rounded() / 1000)"
  }
}
