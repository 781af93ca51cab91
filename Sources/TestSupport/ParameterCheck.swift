internal import SpikingFramework

/// What every declaration of parameters promises: names are unique, values lie in their domains,
/// each can be read back after it was set, and setting one leaves the others alone.
func parameterProblems(with value: some Parameterized) -> [String] {
  var problems: [String] = []
  let parameters = value.parameters
  if Set(parameters.map(\.name)).count != parameters.count {
    problems.append("two parameters have the same name")
  }
  do { try value.validate() } catch { problems.append("\(error)") }
  for (index, parameter) in parameters.enumerated() {
    guard let other = otherValue(for: parameter) else { continue }
    var copy = value
    do { try copy.setParameter(parameter.name, to: other) } catch { problems.append("\(error)") }
    var expected = parameters.map(\.value)
    expected[index] = other
    if copy.parameters.map(\.value) != expected {
      problems.append("setting \(parameter.name) to \(other) gives \(copy.parameters)")
    }
  }
  return problems
}

/// A value of the parameter's domain that it does not have now.
private func otherValue(for parameter: Parameter) -> Double? {
  [parameter.value + 1, parameter.value - 1, parameter.value / 2, parameter.value * 2, 0, 1]
    .first { $0 != parameter.value && parameter.domain.contains($0) }
}
