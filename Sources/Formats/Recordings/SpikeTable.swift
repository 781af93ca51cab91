internal import Foundation
internal import SpikingFiles
internal import SpikingFramework
internal import SpikingRecordings

/// A recording as a table of text: a spike a line, its time and its unit, in any order (`.csv`, `.tsv`, `.txt`).
///
/// The first line may name the columns: `time` with its unit behind it, `time_ms`, `time (s)`, and `unit` (or `neuron`, `cluster`, `cell`, `id`); others are left out.
/// Without names one column has the times of one unit; of two, the one with fractions has the times. Units are numbers or names.
enum SpikeTable {
  private struct Columns {
    let time: Int
    let unit: Int?
    let timeUnit: TimeUnit
    let ignored: [String]
  }

  /// Whether a file of text is a table of spikes and no network: its first line names a time, or it has one or two columns and
  /// is no square matrix and no list of pairs of whole numbers.
  static func isOne(_ path: String) -> Bool {
    guard let file = try? InputFile.read(path), let text = try? DelimitedText(file) else {
      return false
    }
    if let header = text.header { return header.contains { time(in: words($0)) } }
    var (rows, hasFractions) = (0, false)
    try? text.forEachRow { (_, cells) throws(SpikingError) in
      rows += 1
      hasFractions =
        hasFractions
        || cells.contains { cell in text.number(cell).map { $0 != $0.rounded() } ?? false }
    }
    // Two whole numbers may be the two neurons of a synapse.
    return rows != text.columnCount
      && (text.columnCount == 1 || text.columnCount == 2 && hasFractions)
  }

  private static func words(_ name: String) -> [String] {
    name.lowercased().split { !($0.isLetter || $0.isNumber || $0 == ":") }.map(String.init)
  }

  private static func time(in words: [String]) -> Bool {
    words.contains { ["time", "times", "t", "timestamp", "timestamps"].contains($0) }
  }

  static func recording(
    _ path: String, _ settings: ReadingSettings
  ) throws(SpikingError) -> Recording {
    do throws(SpikingError) {
      let text = try DelimitedText(InputFile.read(path))
      let columns = try columns(of: text, settings)
      var times: [Double] = []
      var neurons: [UInt32] = []
      var names = UnitNames()
      try text.forEachRow { (line, cells) throws(SpikingError) in
        guard let time = text.number(cells[columns.time]),
          (time * columns.timeUnit.milliseconds).isFinite
        else {
          throw SpikingError(
            .invalidData, "line \(line)",
            found: text.text(cells[columns.time]).debugDescription,
            expected: "a time in \(columns.timeUnit)")
        }
        times.append(time * columns.timeUnit.milliseconds)
        guard let unit = columns.unit else { return neurons.append(0) }
        guard let neuron = names.number(of: cells[unit], in: text) else {
          throw SpikingError(
            .invalidData, "line \(line)",
            found: cells[unit].isEmpty ? "no unit" : "too many units",
            expected: "a number or a name, of at most \(UnitNames.most)")
        }
        neurons.append(neuron)
      }
      guard !times.isEmpty else {
        throw SpikingError(.invalidData, "table", found: "no spikes", expected: "a line for each")
      }
      return try ColumnRecording(times: times, neurons: neurons, names: names.names).recording(
        source: path,
        notices: columns.ignored.isEmpty
          ? []
          : [Irregularity(.leftOut, "columns \(columns.ignored.joined(separator: ", "))")])
    } catch {
      throw error.code == .unreadableFile ? error : error.within(path)
    }
  }

  private static func columns(
    of text: DelimitedText, _ settings: ReadingSettings
  ) throws(SpikingError) -> Columns {
    guard let header = text.header else { return try columns(withoutNames: text, settings) }
    let places = header.map(words)
    guard let time = places.firstIndex(where: time(in:)) else {
      throw SpikingError(
        .invalidData, "first line",
        found: header.joined(separator: ", "), expected: "a column time, as time_ms or time_s")
    }
    let unit = places.firstIndex {
      $0.contains { ["unit", "units", "neuron", "cluster", "cell", "id"].contains($0) }
    }
    let named = places[time].compactMap { try? TimeUnit($0) }.first
    guard let timeUnit = settings.timeUnit ?? named else { throw unknownUnit(header[time]) }
    return Columns(
      time: time, unit: unit == time ? nil : unit, timeUnit: timeUnit,
      ignored: header.indices.filter { $0 != time && $0 != unit }.map { header[$0] })
  }

  private static func columns(
    withoutNames text: DelimitedText, _ settings: ReadingSettings
  ) throws(SpikingError) -> Columns {
    guard 1...2 ~= text.columnCount else {
      throw SpikingError(
        .invalidData, "first line", found: "\(text.columnCount) numbers",
        expected: "a time and a unit, or names of columns, time and unit among them")
    }
    guard let timeUnit = settings.timeUnit else { throw unknownUnit("times") }
    if text.columnCount == 1 {
      return Columns(time: 0, unit: nil, timeUnit: timeUnit, ignored: [])
    }
    // Units are whole numbers, or names; which column has others shows within some lines.
    var others: [Set<Int>] = []
    try text.forEachRow { (line, cells) throws(SpikingError) in
      guard others.count < 10_000 else { return }
      others.append(
        Set(
          (0..<2).filter { column in text.number(cells[column]).map { $0 != $0.rounded() } ?? false
          })
      )
    }
    let fractions = others.reduce(into: Set<Int>()) { $0.formUnion($1) }
    guard fractions.count == 1, let time = fractions.first else {
      throw SpikingError(
        .invalidData, "first line",
        found:
          "two columns, of which \(fractions.isEmpty ? "both have" : "neither has") whole numbers alone",
        expected: "names in a first line, such as time_ms,unit")
    }
    return Columns(time: time, unit: 1 - time, timeUnit: timeUnit, ignored: [])
  }

  private static func unknownUnit(_ name: String) -> SpikingError {
    SpikingError(
      .invalidData, name, found: "no unit of time",
      expected: "--time-unit s, ms, us or samples:RATE, or a column such as time_ms")
  }

  /// Writes a line a spike, neuron by neuron.
  ///
  /// - Throws: `unwritableFile`.
  /// - Complexity: O(spikes), memory for some of them.
  static func write(_ recording: Recording, to path: String) throws(SpikingError) {
    let separator = Paths.pathExtension(path) == "csv" ? "," : "\t"
    var file = try OutputFile(path)
    var text = "time_ms\(separator)unit\n"
    for (neuron, train) in recording.spikes.enumerated() {
      for time in train {
        text += "\(time)\(separator)\(neuron)\n"
        if text.utf8.count > 1 << 20 {
          try file.write(text.utf8Span.span.bytes)
          text = ""
        }
      }
    }
    try file.write(text.utf8Span.span.bytes)
    try file.finish()
  }
}

/// The units of a table, numbered as they come.
private struct UnitNames {
  private(set) var names: [String] = []
  /// Numbers are found faster than names.
  private var byNumber: [Int: UInt32] = [:]
  private var byName: [String: UInt32] = [:]

  /// More units than any recording has.
  static let most = 1 << 24

  /// - Returns: nil of an empty cell, and where there are too many.
  mutating func number(of cell: DelimitedText.Cell, in text: DelimitedText) -> UInt32? {
    if let number = text.number(cell).flatMap({ Int(exactly: $0) }) {
      if let known = byNumber[number] { return known }
      byNumber[number] = UInt32(names.count)
      names.append("\(number)")
    } else {
      let name = text.text(cell)
      if let known = byName[name] { return known }
      guard !name.isEmpty else { return nil }
      byName[name] = UInt32(names.count)
      names.append(name)
    }
    return names.count <= Self.most ? UInt32(names.count - 1) : nil
  }
}
