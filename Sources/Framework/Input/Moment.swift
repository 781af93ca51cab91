/// One bin of a run, as a stimulus sees it.
public struct Moment: Sendable {
  /// The number of the bin, from 0.
  public let bin: Int
  /// When the bin starts, in ms.
  public let time: Double
  /// The randomness of this stimulus in this network; `random.stream(neuron, at: bin)` is fresh for
  /// every neuron and bin, `random.stream()` the same throughout.
  public let random: RandomSource

  /// A bin of `dt` ms, with the randomness of one stimulus in one network.
  public init(bin: Int, dt: Double, random: RandomSource) {
    self.init(bin: bin, time: Double(bin) * dt, random: random)
  }

  private init(bin: Int, time: Double, random: RandomSource) {
    (self.bin, self.time, self.random) = (bin, time, random)
  }

  /// The same bin as a part of the stimulus sees it, with randomness of its own.
  public func part(_ name: String) -> Moment {
    Moment(bin: bin, time: time, random: random[name])
  }
}

/// The target neurons of a stimulus that lie in one block of a network.
public struct BlockTargets: Sendable {
  /// The number of the network in the run.
  public let network: Int
  /// The neurons of the block, numbered within the network.
  public let neurons: Range<Int>
  /// The positions of the targets within the block, ascending.
  public let indices: [Int]

  /// The targets among `neurons`; `targets` is ascending and numbered within the network.
  public init(network: Int = 0, targets: [Int], neurons: Range<Int>) {
    self.network = network
    self.neurons = neurons
    indices = targets.filter(neurons.contains).map { $0 - neurons.lowerBound }
  }
}
