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
      do {
        try value.setParameter(assignment.name, to: assignment.value)
      } catch {
        throw error.within("--set")
      }
    }
  }
}

/// The seed of all randomness.
struct SeedOption: ParsableArguments {
  @Option(help: "The seed of all random numbers. [default: taken from the system, and reported]")
  var seed: UInt64?

  /// The seed given, or a fresh one.
  func resolved() -> UInt64 { seed ?? UInt64.random(in: 0..<1 << 53) }
}

/// How a run behaves.
struct RunOptions: ParsableArguments {
  @Option(help: "How many networks run at the same time. [default: one for each core]")
  var threads: Int?

  @Flag(help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads: found \(threads), expected a whole number ≥ 1")
    }
  }

  /// Prints a line unless told to be quiet.
  func report(_ line: String) {
    if !quiet { print(line) }
  }
}

/// A whole number of at least one, for options.
func requirePositive(_ value: Int, _ option: String) throws {
  if value < 1 {
    throw ValidationError("--\(option): found \(value), expected a whole number ≥ 1")
  }
}
