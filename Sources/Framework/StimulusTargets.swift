/// Which neurons a stimulus acts on, for each network of a run.
public enum StimulusTargets: Hashable, Sendable {
  /// Every neuron of every network.
  case all
  /// The same neurons in every network.
  case everyNetwork([Int])
  /// A list of neurons for each network, in the order of the networks.
  case perNetwork([[Int]])

  /// The targets in network number `index` of `neuronCounts`, ascending and without repetitions.
  ///
  /// - Throws: `invalidData` where the lists do not fit the networks.
  func neurons(ofNetwork index: Int, neuronCounts: [Int]) throws(SpikingError) -> [Int] {
    let count = neuronCounts[index]
    let list: [Int]
    switch self {
    case .all: return Array(0..<count)
    case .everyNetwork(let neurons): list = neurons
    case .perNetwork(let lists):
      guard lists.count == neuronCounts.count else {
        throw SpikingError(
          .invalidData, "stimulus targets", found: "lists for \(lists.count) networks",
          expected: "one for each of the \(neuronCounts.count) networks")
      }
      list = lists[index]
    }
    if let wrong = list.first(where: { !(0..<count).contains($0) }) {
      throw SpikingError(
        .invalidData, "stimulus targets of network \(index)", found: "neuron \(wrong)",
        expected: "0 to \(count - 1)")
    }
    return Set(list).sorted()
  }
}

/// A stimulus and the neurons it acts on.
public struct TargetedStimulus: Sendable {
  /// What is applied.
  public var stimulus: any Stimulus
  /// Where it is applied.
  public var targets: StimulusTargets

  /// A stimulus on some neurons, by default on all.
  public init(_ stimulus: some Stimulus, targets: StimulusTargets = .all) {
    self.stimulus = stimulus
    self.targets = targets
  }
}

/// The stimuli of one block of a network: what a model adds to its drives.
public struct BlockInput: Sendable {
  struct Part: Sendable {
    let stimulus: any Stimulus
    let targets: BlockTargets
    let random: RandomSource
  }

  let parts: [Part]
  let dt: Double

  /// Adds all stimuli to the drives of the block in one bin; nothing during the equilibration,
  /// whose bins are negative.
  ///
  /// - Complexity: O(targets) for each stimulus.
  public func add(to drive: inout MutableSpan<Double>, bin: Int) {
    if parts.isEmpty || bin < 0 { return }
    for part in parts {
      let moment = Moment(bin: bin, time: Double(bin) * dt, random: part.random)
      part.stimulus.add(to: &drive, of: part.targets, at: moment)
    }
  }
}
