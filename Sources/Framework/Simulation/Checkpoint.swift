/// Where a run stands between two bins: all that its next bins depend on.
///
/// It holds what changes, not the model, the networks and the stimuli, which are given again to
/// resume; fingerprints of them say whether they are the same.
public struct Checkpoint: Hashable, Sendable {
  /// The first bin that has not been simulated; negative within the equilibration.
  public let bin: Int
  /// The seed of the run.
  public let seed: UInt64
  /// What the run was made of.
  public let fingerprint: RunFingerprint
  /// What each network remembers; independent of the number of threads.
  public let memories: [[UInt8]]

  /// A checkpoint from its parts, as a file brings them.
  public init(bin: Int, seed: UInt64, fingerprint: RunFingerprint, memories: [[UInt8]]) {
    self.bin = bin
    self.seed = seed
    self.fingerprint = fingerprint
    self.memories = memories
  }
}

/// Numbers that tell one run's parts from another's: equal parts have equal fingerprints.
public struct RunFingerprint: Hashable, Sendable {
  /// The type of the model and its parameters.
  public let model: UInt64
  /// Names, sizes and synapses of the networks.
  public let networks: UInt64
  /// Types, parameters, arrays and targets of the stimuli. What a closure computes does not show.
  public let stimuli: UInt64

  /// A fingerprint from its parts, as a file brings them.
  public init(model: UInt64, networks: UInt64, stimuli: UInt64) {
    self.model = model
    self.networks = networks
    self.stimuli = stimuli
  }

  init(model: some SpikingModel, networks: [Connectivity], stimuli: [TargetedStimulus]) {
    var hash = StableHash()
    hash.combine(model)
    self.model = hash.value

    self.networks = Self.fingerprint(of: networks)

    hash = StableHash()
    for stimulus in stimuli {
      hash.combine(stimulus: stimulus.stimulus)
      hash.combine(stimulus.targets.fingerprint)
    }
    self.stimuli = hash.value
  }

  /// The fingerprint of networks: of their names, sizes, synapses and delays.
  ///
  /// - Complexity: O(synapses).
  public static func fingerprint(of networks: [Connectivity]) -> UInt64 {
    var hash = StableHash()
    for network in networks {
      hash.combine(network.name)
      hash.combine(network.neuronCount)
      for source in 0..<network.neuronCount {
        network.forEachDelayedSynapse(from: source) { target, weight, delay in
          hash.combine(source &* network.neuronCount &+ target)
          hash.combine(Int(weight.bitPattern))
          if delay > 1 { hash.combine(delay) }
        }
      }
    }
    return hash.value
  }

  /// Throws unless `self`, of a checkpoint, is the fingerprint of the parts that are there now.
  func check(_ present: RunFingerprint) throws(SpikingError) {
    for (part, isSame) in [
      ("model", model == present.model), ("networks", networks == present.networks),
      ("stimuli", stimuli == present.stimuli),
    ] where !isSame {
      throw SpikingError(
        .invalidData, "checkpoint", found: "a run with another \(part)",
        expected: "the \(part) of the run that was stopped")
    }
  }
}

/// A hash that is the same in every process, which Swift's own is not.
private struct StableHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func combine(_ number: Int) {
    value = (value ^ UInt64(bitPattern: Int64(number))) &* 0x9E37_79B9_7F4A_7C15
    value ^= value >> 29
  }

  mutating func combine(_ text: String) {
    for byte in text.utf8 { combine(Int(byte)) }
    combine(-1)
  }

  mutating func combine<Value: Parameterized>(_ parameterized: Value) {
    combine(Value.typeName)
    for parameter in parameterized.parameters {
      combine(parameter.name)
      combine(Int(bitPattern: UInt(parameter.value.bitPattern)))
    }
  }

  mutating func combine(stimulus: some Stimulus) {
    combine(stimulus)
    for arrays in stimulus.arrays {
      combine(arrays.name)
      for array in arrays.values {
        combine("\(array.shape)")
        for value in array.values { combine(Int(bitPattern: UInt(value.bitPattern))) }
      }
    }
    if let pair = stimulus as? any StimulusPair {
      combine(stimulus: pair.first)
      combine(stimulus: pair.second)
    }
  }
}

extension Checkpoint: CustomStringConvertible {
  /// "10 networks before bin 40000, seed 7, 12800 bytes".
  public var description: String {
    "\(counted(memories.count, "network")) before bin \(bin), seed \(seed), "
      + counted(memories.reduce(0) { $0 + $1.count }, "byte")
  }
}
