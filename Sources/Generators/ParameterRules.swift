internal import SpikingFramework

/// Checks a count that has to stay below another one, such as a degree below the number of neurons.
///
/// - Throws: `invalidParameter`.
func requireLess<Generator: Parameterized>(
  _ value: Int, than neurons: Int, _ name: String, of type: Generator.Type
) throws(SpikingError) {
  guard value < neurons else {
    throw SpikingError(
      .invalidParameter, "\(type.typeName).\(name)", found: value,
      expected: "less than neurons (\(neurons))")
  }
}
