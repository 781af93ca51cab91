internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `--set name=value`.
struct ParameterAssignment: ExpressibleByArgument {
  /// A number, or the name of a type.
  enum Value {
    case number(Double)
    case name(String)
  }

  let name: String
  let value: Value

  /// Nil, and so a wrong command line, unless it reads "name=value".
  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    name = parts[0]
    switch parts[1] {
    case "true": value = .number(1)
    case "false": value = .number(0)
    default: value = (try? NumberText.real(parts[1])).map(Value.number) ?? .name(parts[1])
    }
  }
}

/// The parameters that the command line sets.
struct ParameterOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Set a parameter, of a part by its last name where no other has it, or a part of a Cascade.",
      valueName: "name=value"),
    completion: .parameters)
  var assignments: [ParameterAssignment] = []

  /// A model with other parts, whose parameters are set.
  func applied(to model: any SpikingModel) throws(SpikingError) -> any SpikingModel {
    var model = model
    do throws(SpikingError) {
      for assignment in assignments {
        guard case .name(let name) = assignment.value else { continue }
        model = try Catalogue.current.assembling(model, assignment.name, name)
      }
    } catch {
      throw error.within(option: "--set")
    }
    return try assigned(model)
  }

  private func assigned(_ prototype: some SpikingModel) throws(SpikingError) -> any SpikingModel {
    var model = prototype
    try apply(to: &model, hasParts: true)
    return model
  }

  /// - Parameters:
  ///   - hasParts: whether names of types are of parts that are exchanged already.
  ///   - names: which parameters are looked at; all where nil.
  func apply<Value: Parameterized>(
    to value: inout Value, hasParts: Bool = false, only names: Set<String>? = nil
  ) throws(SpikingError) {
    for assignment in assignments where names?.contains(assignment.name) ?? true {
      switch assignment.value {
      case .number(let number):
        do { try value.setParameter(assignment.name, to: number) } catch {
          throw error.within(option: "--set")
        }
      case .name(let name):
        if hasParts { continue }
        throw SpikingError(
          .wrongCommandLine, "--set: \(Value.typeName).\(assignment.name)",
          found: name.debugDescription, expected: "a number, true or false")
      }
    }
  }
}

/// What acts on networks and between their neurons, besides their weights.
struct InputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The delays of the synapses in bins (.npy), or a folder of them with the names of the networks.",
      valueName: "FILE|DIR"), completion: .numpyFile)
  var delays: String?
  @Option(
    help: ArgumentHelp("A stimulus; may be repeated.", valueName: "FILE.json"),
    completion: .jsonFile)
  var stimulus: [String] = []

  /// The stimuli, which must fit these networks and bins of `dt` ms.
  func stimuli(
    for networks: [Connectivity], dt: Double, without others: [String] = []
  ) throws(SpikingError) -> [TargetedStimulus] {
    var stimuli: [TargetedStimulus] = []
    for path in stimulus where !others.contains(path) {
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
    help: "The seed of all random numbers. [default: taken from the system, and reported]",
    transform: NumberText.whole)
  var seed: UInt64?

  /// The seed given, or a fresh one.
  func resolved() -> UInt64 { seed ?? UInt64.random(in: 0..<1 << 53) }
}

/// How a run behaves.
struct RunOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "How many threads run at the same time. [default: one for each core]",
    transform: NumberText.whole)
  var threads: Int?

  @Flag(help: "Print nothing but warnings and errors.")
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
