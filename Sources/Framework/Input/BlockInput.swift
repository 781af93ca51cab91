/// The stimuli of one block of a network: what a model adds to its drives.
public struct BlockInput: Sendable {
  private struct Part: Sendable {
    let stimulus: any Stimulus
    let targets: BlockTargets
    let random: RandomSource
  }

  private var parts: [Part] = []
  private let dt: Double

  /// The stimuli that act on one block of one network.
  ///
  /// - Parameters:
  ///   - stimuli: the stimuli of the run, which fit its networks: `TargetedStimulus.validate`.
  ///   - index: the number of the network in the run.
  ///   - neuronCounts: the sizes of all networks of the run.
  ///   - neurons: the block.
  ///   - dt: the width of a bin in ms.
  ///   - random: the randomness of stimuli in this network.
  /// - Throws: `invalidData` where the targets do not fit the networks.
  public init(
    _ stimuli: [TargetedStimulus] = [], network index: Int = 0, neuronCounts: [Int],
    neurons: Range<Int>, dt: Double, random: RandomSource
  ) throws(SpikingError) {
    self.dt = dt
    for (number, stimulus) in stimuli.enumerated() {
      let targets = try stimulus.targets.neurons(ofNetwork: index, neuronCounts: neuronCounts)
      parts.append(
        Part(
          stimulus: stimulus.stimulus,
          targets: BlockTargets(network: index, targets: targets, neurons: neurons),
          random: random["\(number)"]))
    }
  }

  /// Adds all stimuli to the drives of the block in one bin; nothing during the equilibration,
  /// whose bins are negative.
  ///
  /// - Precondition: there is a drive for each neuron of the block.
  /// - Complexity: O(targets) for each stimulus.
  public func add(to drives: inout [Double], bin: Int) {
    if parts.isEmpty || bin < 0 { return }
    // Only of a parameter of its own may a span be taken: see Docs/Plugins.md, "Arrays of a state".
    var span = drives.mutableSpan
    add(to: &span, bin: bin)
  }

  /// The same, to drives that are no array: a span of memory of your own.
  ///
  /// Of an array that a state holds take none where other arrays of it are written, but add to the array:
  /// in Swift 6.3 these writes may change arrays that shared its storage. [Plugins](Docs/Plugins.md)
  /// shows it.
  public func add(to drive: inout MutableSpan<Double>, bin: Int) {
    if parts.isEmpty || bin < 0 { return }
    for part in parts {
      let moment = Moment(bin: bin, dt: dt, random: part.random)
      part.stimulus.add(to: &drive, of: part.targets, at: moment)
    }
  }
}
