/// Input from outside a network: a drive that is added to that of its target neurons.
///
/// One method is owed, the strength at a time. A stimulus that differs from neuron to neuron, or
/// draws at random, implements `add(to:of:at:)` instead of relying on its default. One that is made of
/// arrays has them in `arrays`, and says in `validate(targets:neuronCounts:dt:)` which networks
/// they fit.
public protocol Stimulus: Parameterized, Sendable {
  /// The drive of every target neuron in the bin that starts at `time` (ms from the start of the
  /// recorded run). Of a stimulus that draws at random it is the mean over realisations, of one that
  /// differs between neurons the mean over these.
  func strength(at time: Double) -> Double

  /// Adds this stimulus to the drives of a block of neurons: a function of the moment alone, as runs are
  /// resumed in the middle and blocks run on different threads.
  ///
  /// - Parameters:
  ///   - drive: the drives of the block.
  ///   - targets: which elements of `drive` belong to target neurons, and which neurons they are.
  ///   - moment: the bin, its time, and the randomness that belongs to it.
  func add(to drive: inout MutableSpan<Double>, of targets: BlockTargets, at moment: Moment)

  /// Throws unless the stimulus fits the networks of a run; asked before anything runs, after
  /// `validate()`. Nothing to check by default.
  ///
  /// - Parameters:
  ///   - targets: the neurons it is to act on, which have been checked.
  ///   - neuronCounts: the sizes of all networks of the run.
  ///   - dt: the width of a bin in ms.
  func validate(
    targets: StimulusTargets, neuronCounts: [Int], dt: Double
  ) throws(SpikingError)

  /// The arrays that the stimulus is made of beside its parameters, always in the same order, so that
  /// files and the fingerprints of checkpoints hold them. Arrays of the same names and layouts are set
  /// when a file is read. None by default.
  var arrays: [NamedArrays] { get set }

  /// What the stimulus has that no file can hold, as a closure: it cannot be saved. Nil by default.
  var unsavablePart: String? { get }
}

extension Stimulus {
  /// Fits all networks.
  public func validate(
    targets: StimulusTargets, neuronCounts: [Int], dt: Double
  ) throws(SpikingError) {}

  /// No arrays.
  public var arrays: [NamedArrays] {
    get { [] }
    set {}
  }

  /// All can be saved.
  public var unsavablePart: String? { nil }

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
