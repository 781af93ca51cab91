public import SpikingFiles
public import SpikingFramework
public import SpikingRecordings

extension MATLABFile {
  /// Writes the spikes of a recording and the table of its units, in version 5, which every MATLAB reads: a cell array
  /// `spike_times` of columns, `start`, `stop` and `time_unit`, all times in ms; `origin`; where units were not observed throughout
  /// a cell array `obs_intervals` of matrices [intervals, 2]; and a structure `units` of columns. `recording(_:)` reads it.
  ///
  /// - Throws: `unwritableFile`, also where it would take 2 GB or more.
  /// - Complexity: O(spikes), in the memory of the columns of the table.
  public static func write(
    _ recording: Recording, to location: some FileLocation
  ) throws(SpikingError) {
    let spikes = recording.spikes
    let trains = spikes.map { MATLABElement.numbers($0, shape: [$0.count, 1]) }
    var variables: [(String, MATLABElement)] = [
      ("spike_times", .cells(trains)), ("start", number(spikes.start)),
      ("stop", number(spikes.stop)), ("time_unit", .text("ms")),
      ("version", .text(spikingVersion)),
    ]
    if let origin = recording.origin { variables.append(("origin", .text(origin))) }
    if !spikes.observations.isEmpty {
      let cells = spikes.observations.map { stretches in
        let edges = stretches.map(\.lowerBound) + stretches.map(\.upperBound)
        return MATLABElement.numbers(edges[...], shape: [stretches.count, 2])
      }
      variables.append(("obs_intervals", .cells(cells)))
    }
    let columns = recording.units.columns
    if !columns.isEmpty {
      let names = validNames(columns.map(\.name))
      let values = columns.map { element($0.values) }
      variables.append(("units", .structure(Array(zip(names, values)).map { ($0, $1) })))
    }
    try write(variables, to: location)
  }

  /// Writes a network in version 5: a sparse matrix `weights`, and `delays` in bins where there are any. `network(_:)`
  /// reads it.
  ///
  /// - Throws: `unwritableFile`, also where it would take 2 GB or more.
  /// - Complexity: O(synapses + neurons).
  public static func write(
    _ network: Connectivity, to location: some FileLocation
  ) throws(SpikingError) {
    let columns = network.sparseRows.transposed()
    var variables: [(String, MATLABElement)] = [
      ("weights", .sparse(columns.weights.map { Double($0) }, columns))
    ]
    if network.hasDelays {
      variables.append(("delays", .sparse(columns.delays.map { Double($0) }, columns)))
    }
    try write(variables + [("version", .text(spikingVersion))], to: location)
  }

  /// Writes arrays by name, in version 5.
  ///
  /// - Throws: `unwritableFile`; `invalidParameter` where a name is none of MATLAB's, or comes twice.
  public static func write(
    _ arrays: [(name: String, array: NumericArray)], to location: some FileLocation
  ) throws(SpikingError) {
    let names = arrays.map(\.name)
    for (index, name) in names.enumerated()
    where validNames([name]) != [name] || names[..<index].contains(name) {
      throw SpikingError(
        .invalidParameter, "variable", found: name.debugDescription,
        expected: "a letter, and at most 62 letters, digits and underscores, once")
    }
    try write(
      arrays.map { name, array in
        // MATLAB has no arrays of fewer than two dimensions.
        let shape = array.shape + (array.shape.count < 2 ? [1] : [])
        let ones = [Int](repeating: 1, count: max(0, 2 - shape.count))
        return (name, .numbers(byColumn(array)[...], shape: shape + ones))
      }, to: location)
  }

  /// How the files begin that this package writes.
  static let signature = "MATLAB 5.0 MAT-file, written by swift-spiking"

  private static func write(
    _ variables: [(String, MATLABElement)], to location: some FileLocation
  ) throws(SpikingError) {
    var file = try OutputFile(location.locationPath)
    var text = Array("\(signature) \(spikingVersion)".utf8)
    text += repeatElement(UInt8(ascii: " "), count: 116 - text.count)
    try file.write(text.span.bytes)
    try file.write([UInt8](repeating: 0, count: 8).span.bytes)
    // The version, and what tells the order of bytes: "MI", as this machine writes it.
    try file.write([UInt16(0x0100), 0x4D49].span.bytes)
    for (name, value) in variables { try value.write(name, to: &file) }
    try file.finish()
  }

  private static func number(_ value: Double) -> MATLABElement {
    .numbers([value], shape: [1, 1])
  }

  private static func element(_ values: Column.Values) -> MATLABElement {
    switch values {
    case .integers(let values): .integers(values)
    case .numbers(let values): .numbers(values[...], shape: [values.count, 1])
    case .texts(let values): .cells(values.map { .text($0) })
    case .flags(let values): .flags(values)
    }
  }

  /// Names as MATLAB has them: letters, digits and underscores, a letter first, and each once.
  private static func validNames(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    return names.map { name in
      var valid = String(
        name.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" ? $0 : "_" })
      if valid.first?.isLetter != true { valid = "x" + valid }
      valid = String(valid.prefix(MATLABElement.maximumName))
      var unique = valid
      var number = 2
      while !taken.insert(unique).inserted {
        unique = valid.prefix(MATLABElement.maximumName - 8) + "_\(number)"
        number += 1
      }
      return unique
    }
  }

  /// Numbers row by row as they are column by column: those of an array with its dimensions reversed.
  private static func byColumn(_ array: NumericArray) -> [Double] {
    byRow(array.values, shape: array.shape.reversed())
  }
}
