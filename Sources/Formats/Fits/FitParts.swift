internal import SpikingCatalogue
internal import SpikingFramework
internal import SpikingNonlinearities

/// The nonlinearity and the emission that the file of a fit names.
struct FitParts {
  private let names: [String: String]
  private let parameters: [String: [(name: String, value: Double)]]
  private let path: String
  private let shape: Double?
  private let catalogue: Catalogue

  init(_ archive: borrowing NumPyArchive, _ catalogue: Catalogue) throws(SpikingError) {
    var names: [String: String] = [:]
    var parameters: [String: [(name: String, value: Double)]] = [:]
    // What emissions were called before 0.6.
    let emission = archive.names.contains("emission") ? "emission" : "observation"
    for (part, key) in [("nonlinearity", "nonlinearity"), ("emission", emission)] {
      names[part] = try archive.array(key).strings().first ?? ""
      guard archive.names.contains("\(key)_parameters") else { continue }
      let known = try archive.array("\(key)_parameters").strings()
      let values = try archive.array("\(key)_values").requiring([known.count]).doubles()
      parameters[part] = zip(known, values).map { ($0, $1) }
    }
    let shape = archive.names.contains("shape") ? try archive.scalar("shape") : .nan
    self.shape = shape.isNaN ? nil : shape
    self.names = names
    self.parameters = parameters
    path = archive.path
    self.catalogue = catalogue
  }

  /// - Parameter dt: the width of a bin in ms.
  /// - Throws: `unknownName` or `invalidParameter`, naming the file.
  func nonlinearity(dt: Double) throws(SpikingError) -> any Nonlinearity {
    try within("nonlinearity") { name, parameters throws(SpikingError) in
      let prototype = try catalogue.nonlinearity(name)
      // Files of before 0.6 say the name alone, and mean probabilities of one bin.
      let known =
        parameters
        ?? (prototype is any SaturatingNonlinearity ? [("maximum", 1 / dt)] : [])
      return try prototype.with(known)
    }
  }

  /// - Throws: `unknownName` or `invalidParameter`, naming the file.
  func emission() throws(SpikingError) -> any Emission {
    try within("emission") { name, parameters throws(SpikingError) in
      try catalogue.emission(name).with(parameters ?? shape.map { [("shape", $0)] } ?? [])
    }
  }

  private func within<Part>(
    _ part: String,
    _ make: (String, [(name: String, value: Double)]?) throws(SpikingError) -> Part
  ) throws(SpikingError) -> Part {
    do { return try make(names[part] ?? "", parameters[part]) } catch {
      throw error.within("\(path): \(part)")
    }
  }
}

extension Parameterized {
  fileprivate func with(
    _ parameters: [(name: String, value: Double)]
  ) throws(SpikingError) -> Self {
    var copy = self
    for (name, value) in parameters { try copy.setParameter(name, to: value) }
    return copy
  }
}
