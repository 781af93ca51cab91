internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

extension MATLABFile {
  /// Places of the times of units, and what the units are called.
  struct Units {
    let name: String
    let places: [String]
    /// A name for each unit; none where they are numbered.
    var names: [String] = []
    /// The structure array whose fields they are, and the field.
    var structure: (place: String, field: String)?
  }

  /// The units of a variable, or of the only one of the file that can be spike trains: `spike_times`; else a cell array of
  /// vectors, or a structure array with a field of vectors, also within a structure; else the vectors of a structure;
  /// else those that are variables.
  ///
  /// - Throws: `invalidData` where there are none, or several, with what there is.
  func units(_ variable: String?) throws(SpikingError) -> Units {
    if let variable {
      guard let units = try units(named: variable) else {
        let found =
          try places(variable).count == 1
          ? "\(try value(variable))" : "a field that is no vector in every element"
        throw failure(variable, found: found, expected: Self.expectation)
      }
      return units
    }
    if variables.contains("spike_times"), let units = try units(named: "spike_times") {
      return units
    }
    let values = try self.values()
    var arrays: [Units] = []
    for (name, value) in values {
      if let units = try arrayOfUnits(name, value) { arrays.append(units) }
    }
    if let units = try only(arrays) { return units }
    if let units = try only(inStructures(values)) { return units }
    var structures: [Units] = []
    for (name, value) in values where value.kind == .structure && value.count == 1 {
      if let units = try unitsOfFields(name, value) { structures.append(units) }
    }
    if let units = try only(structures) { return units }
    let names = values.filter { $0.value.isVector && $0.value.count != 1 }.map(\.name)
      .inNaturalOrder
    guard !names.isEmpty else { throw noUnits(values) }
    return Units(name: names[0], places: names.map { "/\($0)" }, names: names)
  }

  private static var expectation: String {
    "spike trains: a cell array of vectors, a structure array with a field of vectors, or vectors"
  }

  /// All variables and what they are; what cannot be read is left out.
  private func values() throws(SpikingError) -> [(name: String, value: MATLABValue)] {
    var values: [(name: String, value: MATLABValue)] = []
    for name in variables {
      do throws(SpikingError) {
        if let value = try layout.value(at: "/" + name, of: file) { values.append((name, value)) }
      } catch {
        guard error.code == .invalidData else { throw error }
      }
    }
    return values
  }

  private func units(named name: String) throws(SpikingError) -> Units? {
    let places = try places(name)
    if places.count != 1 { return try areVectors(places) ? Units(name: name, places: places) : nil }
    guard let value = try layout.value(at: places[0], of: file) else { return nil }
    if value.isVector { return Units(name: name, places: places, names: [name]) }
    if let units = try arrayOfUnits(name, value) { return units }
    return value.kind == .structure && value.count == 1 ? try unitsOfFields(name, value) : nil
  }

  /// The units of a cell array or a structure array; nil of what is none.
  private func arrayOfUnits(
    _ name: String, _ value: MATLABValue
  ) throws(SpikingError) -> Units? {
    guard value.count > 0, let place = try places(name).first else { return nil }
    if value.kind == .cells {
      let places = try elements(at: place, value)
      return try areVectors(places) ? Units(name: name, places: places) : nil
    }
    guard value.kind == .structure, value.count > 1 else { return nil }
    var found: [Units] = []
    for field in value.fields {
      let places = try elements(at: place, value, field: field)
      guard try areVectors(places), try !areScalars(places) else { continue }
      found.append(Units(name: "\(name).\(field)", places: places, structure: (place, field)))
    }
    if let units = found.first(where: { $0.structure?.field.isTimes ?? false }) { return units }
    return try only(found)
  }

  /// The cell and structure arrays that are fields of a structure.
  private func inStructures(
    _ values: [(name: String, value: MATLABValue)]
  ) throws(SpikingError) -> [Units] {
    var found: [Units] = []
    for (name, value) in values where value.kind == .structure && value.count == 1 {
      for field in value.fields {
        let path = "\(name).\(field)"
        guard let place = try? places(path), place.count == 1,
          let inner = try layout.value(at: place[0], of: file)
        else { continue }
        if let units = try arrayOfUnits(path, inner) { found.append(units) }
      }
    }
    return found
  }

  /// The fields of a structure that are vectors, in natural order of their names.
  private func unitsOfFields(
    _ name: String, _ value: MATLABValue
  ) throws(SpikingError) -> Units? {
    guard let place = try places(name).first else { return nil }
    var found: [(name: String, place: String)] = []
    for field in value.fields.inNaturalOrder {
      let place = try elements(at: place, value, field: field)[0]
      guard let inner = try layout.value(at: place, of: file) else { continue }
      if inner.isVector, inner.count != 1 { found.append((field, place)) }
    }
    return found.isEmpty
      ? nil : Units(name: name, places: found.map(\.place), names: found.map(\.name))
  }

  private func areVectors(_ places: [String]) throws(SpikingError) -> Bool {
    for place in places {
      guard let value = try layout.value(at: place, of: file), value.isVector else { return false }
    }
    return !places.isEmpty
  }

  private func areScalars(_ places: [String]) throws(SpikingError) -> Bool {
    for place in places where try layout.value(at: place, of: file)?.count != 1 { return false }
    return true
  }

  private func only(_ found: [Units]) throws(SpikingError) -> Units? {
    guard found.count > 1 else { return found.first }
    throw SpikingError(
      .invalidData, path,
      found: "several variables that can be spike trains: "
        + found.map(\.name).joined(separator: ", "),
      expected: "one of them by name, \(Paths.name(path)):\(found[0].name)")
  }

  private func noUnits(_ values: [(name: String, value: MATLABValue)]) -> SpikingError {
    let list = values.prefix(12).map { "\($0.name) (\($0.value))" }.joined(separator: ", ")
    return SpikingError(
      .invalidData, path,
      "found \(list.isEmpty ? "no variables" : list), expected \(Self.expectation)")
  }
}

extension String {
  /// Whether this is what the times of spikes are called.
  fileprivate var isTimes: Bool { self == "spike_times" || self == "times" }
}

extension [String] {
  /// In the order in which people count: 2 before 10.
  fileprivate var inNaturalOrder: [String] {
    sorted { $0.compare($1, options: .numeric) == .orderedAscending }
  }
}
