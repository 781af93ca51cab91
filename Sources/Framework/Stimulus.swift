/// Input from outside a network: a drive that is added to that of its target neurons.
///
/// One method is owed, the strength at a time. A stimulus that differs from neuron to neuron, or
/// draws at random, implements `add(to:of:at:)` instead of relying on its default.
public protocol Stimulus: Parameterized, Sendable {
  /// The drive of every target neuron in the bin that starts at `time` (ms from the start of the
  /// recorded run).
  func strength(at time: Double) -> Double

  /// Adds this stimulus to the drives of a block of neurons.
  ///
  /// - Parameters:
  ///   - drive: the drives of the block.
  ///   - targets: which elements of `drive` belong to target neurons, and which neurons they are.
  ///   - moment: the bin, its time, and the randomness that belongs to it.
  func add(to drive: inout MutableSpan<Double>, of targets: BlockTargets, at moment: Moment)
}

extension Stimulus {
  /// Adds `strength(at:)` to every target.
  @inlinable
  public func add(
    to drive: inout MutableSpan<Double>, of targets: BlockTargets, at moment: Moment
  ) {
    let strength = strength(at: moment.time)
    if strength == 0 { return }
    for index in targets.indices { drive[index] += strength }
  }
}

/// One bin of a run, as a stimulus sees it.
public struct Moment: Sendable {
  /// The number of the bin, from 0.
  public let bin: Int
  /// When the bin starts, in ms.
  public let time: Double
  /// The randomness of this stimulus in this network; `random.stream(neuron, at: bin)` is fresh for
  /// every neuron and bin, `random.stream()` the same throughout.
  public let random: RandomSource
}

/// The target neurons of a stimulus that lie in one block of a network.
public struct BlockTargets: Sendable {
  /// The neurons of the block, numbered within the network.
  public let neurons: Range<Int>
  /// The positions of the targets within the block, ascending.
  public let indices: [Int]

  /// The targets among `neurons`; `targets` is ascending.
  init(targets: [Int], neurons: Range<Int>) {
    self.neurons = neurons
    indices = targets.filter(neurons.contains).map { $0 - neurons.lowerBound }
  }
}
