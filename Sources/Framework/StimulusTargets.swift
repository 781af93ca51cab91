/// Which neurons a stimulus acts on, for each network of a run.
public enum StimulusTargets: Hashable, Sendable {
  /// Every neuron of every network.
  case all
  /// The same neurons in every network.
  case everyNetwork([Int])
  /// A list of neurons for each network, in the order of the networks.
  case perNetwork([[Int]])

  /// Checks the targets against networks of these sizes, as a run would.
  ///
  /// - Throws: `invalidData` where the lists do not fit the networks.
  public func validate(neuronCounts: [Int]) throws(SpikingError) {
    for index in neuronCounts.indices {
      _ = try neurons(ofNetwork: index, neuronCounts: neuronCounts)
    }
  }

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
          .invalidData, "targets", found: "lists for \(lists.count) networks",
          expected: "one for each of the \(neuronCounts.count) networks")
      }
      list = lists[index]
    }
    if let wrong = list.first(where: { !(0..<count).contains($0) }) {
      throw SpikingError(
        .invalidData, "targets of network \(index)", found: "neuron \(wrong)",
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

  /// Checks parameters and data, the targets, and that all fit the networks of a run.
  ///
  /// - Parameters:
  ///   - neuronCounts: the sizes of all networks of the run.
  ///   - dt: the width of a bin in ms.
  /// - Throws: `invalidParameter`, or `invalidData` naming the network, what was found and what fits.
  public func validate(neuronCounts: [Int], dt: Double) throws(SpikingError) {
    try stimulus.validate()
    try targets.validate(neuronCounts: neuronCounts)
    try stimulus.validate(targets: targets, neuronCounts: neuronCounts, dt: dt)
  }
}
