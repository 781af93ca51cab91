internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `--set name=value`.
struct ParameterAssignment: ExpressibleByArgument {
  let name: String
  let value: Double

  /// Nil, and so a wrong command line, unless it reads "name=number", "name=true" or "name=false".
  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    switch parts[1] {
    case "true": value = 1
    case "false": value = 0
    default:
      guard let number = Double(parts[1]) else { return nil }
      value = number
    }
    name = parts[0]
  }
}

/// The parameters that the command line sets.
struct ParameterOptions: ParsableArguments {
  @Option(
    name: .customLong("set"), help: ArgumentHelp("Set a parameter.", valueName: "name=value"))
  var assignments: [ParameterAssignment] = []

  func apply(to value: inout some Parameterized) throws(SpikingError) {
    for assignment in assignments {
      try SpikingError.within("--set", value.setParameter(assignment.name, to: assignment.value))
    }
  }
}

/// What acts on networks and between their neurons, besides their weights.
struct InputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The delays of the synapses in bins (.npy), or a folder of them with the names of the networks.",
      valueName: "FILE|DIR"))
  var delays: String?
  @Option(help: ArgumentHelp("A stimulus; may be repeated.", valueName: "FILE.json"))
  var stimulus: [String] = []

  /// The stimuli, which must fit these networks and bins of `dt` ms.
  func stimuli(
    for networks: [Connectivity], dt: Double
  ) throws(SpikingError) -> [TargetedStimulus] {
    var stimuli: [TargetedStimulus] = []
    for path in stimulus {
      stimuli.append(
        try StimulusFile.load(path, neuronCounts: networks.map(\.neuronCount), dt: dt))
    }
    return stimuli
  }
}

/// The seed of all randomness.
struct SeedOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "The seed of all random numbers. [default: taken from the system, and reported]")
  var seed: UInt64?

  /// The seed given, or a fresh one.
  func resolved() -> UInt64 { seed ?? UInt64.random(in: 0..<1 << 53) }
}

/// How a run behaves.
struct RunOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "How many threads run at the same time. [default: one for each core]")
  var threads: Int?

  @Flag(help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    if let threads { try requirePositive(threads, "threads") }
  }

  /// Prints a line unless told to be quiet.
  func report(_ line: String) {
    if !quiet { print(line) }
  }
}

/// Numbers of options. Values are parsed `.unconditional`ly: what follows an option is its value,
/// even where it begins with a minus.
func require(_ value: Int, _ option: String, in range: ClosedRange<Int>) throws {
  guard !range.contains(value) else { return }
  let upper = range.upperBound == .max ? "" : " and ≤ \(range.upperBound)"
  throw ValidationError(
    "--\(option): found \(value), expected a whole number ≥ \(range.lowerBound)\(upper)")
}

/// A whole number of at least one, for options.
func requirePositive(_ value: Int, _ option: String) throws {
  try require(value, option, in: 1...Int.max)
}

/// A positive time, for options.
func requirePositive(_ value: Double, _ option: String) throws {
  if !(value > 0 && value.isFinite) {
    throw ValidationError("--\(option): found \(value), expected a positive time in ms")
  }
}

/// The path of an output folder, for options: not an empty one.
func requireFolder(_ path: String) throws {
  if path.isEmpty { throw ValidationError("--output: found \"\", expected a folder") }
}

/// Weights of networks that have to fit into memory, as float32 [N, N]: where they do not, the
/// system ends the program without a word.
func requireMemory(
  neurons: Int, networks: Int = 1, for option: String = "--neurons"
) throws(SpikingError) {
  let memory = Double(ProcessInfo.processInfo.physicalMemory)
  let largest = (memory / 4 / Double(networks)).squareRoot()
  if Double(neurons) > largest {
    throw SpikingError(
      .invalidParameter, option, found: "\(neurons) neurons",
      expected: "at most \(Int(largest)), whose weights this machine can hold in memory")
  }
}

/// Says before long work, and not after it, that a file cannot be written.
func checkWritable(_ path: String) throws(SpikingError) {
  // A file that is not finished takes itself away.
  _ = try OutputFile(path)
}
