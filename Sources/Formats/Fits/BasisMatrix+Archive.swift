internal import SpikingCatalogue
internal import SpikingFitting
internal import SpikingFramework

extension BasisMatrix {
  /// How far the functions of a file may be from those of the basis that it names.
  private static let tolerance = 1e-12

  /// The functions `key` of a file, and `key_name`, `key_parameters` and `key_values`, the basis they are of, which
  /// not all have; nil where there are none.
  ///
  /// - Throws: `invalidData` naming file and array, also where a basis of the catalogue has other functions.
  static func read(
    _ key: String, from archive: borrowing NumPyArchive, _ catalogue: Catalogue
  ) throws(SpikingError) -> BasisMatrix? {
    guard archive.names.contains(key) else { return nil }
    let array = try archive.array(key)
    let windows = 1...Int(ParameterDomain.filterWindow.upper)
    guard array.shape.count == 2, windows ~= array.shape[0], array.shape[1] >= 1 else {
      throw array.error(
        "shape", found: array.shape,
        expected: "[window, functions], 1 to \(windows.upperBound) lags of at least one function")
    }
    let (window, count) = (array.shape[0], array.shape[1])
    let values = try array.doubles()
    guard values.allSatisfy(\.isFinite) else {
      throw array.error(
        "data", found: "a value that is not finite", expected: "finite functions")
    }
    guard archive.names.contains("\(key)_name") else {
      return BasisMatrix(count: count, window: window, values: values)
    }
    let part = try StoredPart(archive, key, nameKey: "\(key)_name")
    let matrix = BasisMatrix(
      count: count, window: window, values: values,
      source: RegisteredBasis(
        name: part.name,
        parameters: Dictionary(
          (part.parameters ?? []).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })))
    // The basis of a plugin that is not there is known by its functions alone.
    if let basis = catalogue.entry(named: part.name, .basis) as? any Basis {
      try SpikingError.within("\(archive.path): \(key)", matrix.check(against: basis, part))
    }
    return matrix
  }

  /// Throws unless these are the functions of a basis with the parameters of a file.
  private func check(
    against prototype: some Basis, _ part: StoredPart
  ) throws(SpikingError) {
    let basis = try prototype.resized(count: count, window: window).with(part.parameters ?? [])
    guard basis.count == count, basis.window == window else {
      throw SpikingError(
        .invalidData, part.name, found: "\(counted(count, "function")) over \(window) bins",
        expected: "\(basis.count) over \(basis.window), as its parameters say")
    }
    let expected = try BasisMatrix(basis).values
    guard
      let wrong = values.indices.first(where: { abs(values[$0] - expected[$0]) > Self.tolerance })
    else { return }
    throw SpikingError(
      .invalidData, "data[\(wrong / count)][\(wrong % count)]", found: values[wrong],
      expected: "\(expected[wrong]), the value of \(part.name)")
  }

  /// The arrays of which `read` makes these functions.
  func arrays(_ key: String) -> [(name: String, array: NumPyArray)] {
    let functions = [(key, NumPyArray(values, shape: [window, count]))]
    guard let source else { return functions }
    let parameters = source.parameters.sorted { $0.key < $1.key }.map {
      (name: $0.key, value: $0.value)
    }
    return functions
      + StoredPart(name: source.name, parameters: parameters).arrays(key, nameKey: "\(key)_name")
  }
}
