/// Which neurons a stimulus acts on, for each network of a run.
public enum StimulusTargets: Hashable, Sendable {
  /// Every neuron of every network.
  case all
  /// The same neurons in every network.
  case everyNetwork([Int])
  /// A list of neurons for each network, in the order of the networks.
  case perNetwork([[Int]])
  /// The neurons marked by a mask that has a place for each neuron of every network.
  case mask([Bool])
  /// The neurons marked by a mask for each network, in the order of the networks.
  case masks([[Bool]])

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
  package func neurons(ofNetwork index: Int, neuronCounts: [Int]) throws(SpikingError) -> [Int] {
    let count = neuronCounts[index]
    let list: [Int]
    switch self {
    case .all: return Array(0..<count)
    case .everyNetwork(let neurons): list = neurons
    case .perNetwork(let lists):
      try Self.check(lists.count, "lists", networkCount: neuronCounts.count)
      list = lists[index]
    case .mask(let marks): return try Self.neurons(marks, network: index, neuronCount: count)
    case .masks(let masks):
      try Self.check(masks.count, "masks", networkCount: neuronCounts.count)
      return try Self.neurons(masks[index], network: index, neuronCount: count)
    }
    if let wrong = list.first(where: { !(0..<count).contains($0) }) {
      throw SpikingError(
        .invalidData, "targets of network \(index)", found: "neuron \(wrong)",
        expected: "0 to \(count - 1)")
    }
    return Set(list).sorted()
  }

  /// The same neurons as lists.
  var listed: StimulusTargets {
    func neurons(_ marks: [Bool]) -> [Int] { marks.indices.filter { marks[$0] } }
    return switch self {
    case .mask(let marks): .everyNetwork(neurons(marks))
    case .masks(let masks): .perNetwork(masks.map(neurons))
    default: self
    }
  }

  private static func check(
    _ count: Int, _ kind: String, networkCount: Int
  ) throws(SpikingError) {
    guard count == networkCount else {
      throw SpikingError(
        .invalidData, "targets", found: "\(kind) for \(count) networks",
        expected: "one for each of the \(networkCount) networks")
    }
  }

  private static func neurons(
    _ marks: [Bool], network: Int, neuronCount: Int
  ) throws(SpikingError) -> [Int] {
    guard marks.count == neuronCount else {
      throw SpikingError(
        .invalidData, "mask of targets for network \(network)", found: "\(marks.count) neurons",
        expected: "\(neuronCount), as the network has")
    }
    return marks.indices.filter { marks[$0] }
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

extension StimulusTargets: CustomStringConvertible {
  /// "all neurons", "neurons 3, 7 to 9", or "neurons 0, 3 | 1" of two networks.
  public var description: String {
    switch listed {
    case .everyNetwork(let neurons):
      "\(neurons.count == 1 ? "neuron" : "neurons") \(SpikingFramework.listed(neurons.sorted()))"
    case .perNetwork(let lists):
      "neurons \(lists.map { SpikingFramework.listed($0.sorted()) }.joined(separator: " | "))"
    default: "all neurons"
    }
  }

  /// What tells targets from others in checkpoints, the same in all versions: "everyNetwork([3, 7])".
  var fingerprint: String {
    switch listed {
    case .everyNetwork(let neurons): "everyNetwork(\(neurons))"
    case .perNetwork(let lists): "perNetwork(\(lists))"
    default: "all"
    }
  }
}

extension TargetedStimulus: CustomStringConvertible {
  /// "RegularStimulus on neurons 3, 7".
  public var description: String { "\(type(of: stimulus).typeName) on \(targets)" }
}

/// As in the files of stimuli: a list of neurons, a list of lists, masks likewise; "all" for all neurons.
extension StimulusTargets: Codable {
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let neurons = try? value.decode([Int].self) {
      self = .everyNetwork(neurons)
    } else if let lists = try? value.decode([[Int]].self) {
      self = .perNetwork(lists)
    } else if let marks = try? value.decode([Bool].self) {
      self = .mask(marks)
    } else if let masks = try? value.decode([[Bool]].self) {
      self = .masks(masks)
    } else {
      let text = try? value.decode(String.self)
      try SpikingError.require(
        text == "all", "targets", found: text ?? "something else",
        expected: "a list of neurons or truth values, a list of such lists, or all")
      self = .all
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .all: try value.encode("all")
    case .everyNetwork(let neurons): try value.encode(neurons)
    case .perNetwork(let lists): try value.encode(lists)
    case .mask(let marks): try value.encode(marks)
    case .masks(let masks): try value.encode(masks)
    }
  }
}
