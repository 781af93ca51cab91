internal import SpikingFramework

/// A registered type in the file of a fit: its name, the names of its parameters, and their values.
struct StoredPart {
  let name: String
  /// Nil in files of before 0.6, which say the name alone.
  let parameters: [(name: String, value: Double)]?

  /// The arrays `key`, or `nameKey`, `key_parameters` and `key_values`.
  init(
    _ archive: borrowing NumPyArchive, _ key: String, nameKey: String? = nil
  ) throws(SpikingError) {
    name = try archive.array(nameKey ?? key).strings().first ?? ""
    guard archive.names.contains("\(key)_parameters") else {
      parameters = nil
      return
    }
    let known = try archive.array("\(key)_parameters").strings()
    let values = try archive.array("\(key)_values").requiring([known.count]).doubles()
    parameters = zip(known, values).map { ($0, $1) }
  }

  init(name: String, parameters: [(name: String, value: Double)]) {
    self.name = name
    self.parameters = parameters
  }

  /// The same arrays.
  func arrays(_ key: String, nameKey: String? = nil) -> [(name: String, array: NumPyArray)] {
    let parameters = parameters ?? []
    return [
      (nameKey ?? key, NumPyArray(scalar: name)),
      ("\(key)_parameters", NumPyArray(parameters.map(\.name))),
      ("\(key)_values", NumPyArray(parameters.map(\.value))),
    ]
  }
}

extension Parameterized {
  /// The same type with the parameters of a file.
  func with(
    _ parameters: [(name: String, value: Double)]
  ) throws(SpikingError) -> Self {
    var copy = self
    for (name, value) in parameters { try copy.setParameter(name, to: value) }
    return copy
  }
}
