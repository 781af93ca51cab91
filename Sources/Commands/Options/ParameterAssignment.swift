internal import ArgumentParser
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
