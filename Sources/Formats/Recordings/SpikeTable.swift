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
    let time: TimeColumn
    let unit: Int?
    var ignored: [String] = []
  }

  /// Whether a file of text is a table of spikes and no network: its first line names a time, or it has one or two columns and
  /// is no square matrix and no list of pairs of whole numbers.
  static func isOne(_ path: String) -> Bool {
    guard let text = try? DelimitedText(contentsOf: path) else { return false }
    if let header = text.header { return TimeColumn.index(in: header) != nil }
    guard text.columnCount <= 2 else { return false }
    var rowCount = 0
    try? text.forEachRow(atMost: 3) { (_) throws(SpikingError) in rowCount += 1 }
    if rowCount == text.columnCount { return false }
    // Two whole numbers may be the two neurons of a synapse.
    return text.columnCount == 1 || !columnsWithFractions(text).isEmpty
  }

  static func recording(
    _ path: String, _ settings: ReadingSettings
  ) throws(SpikingError) -> Recording {
    do throws(SpikingError) {
      let text = try DelimitedText(contentsOf: path)
      let columns = try columns(of: text, settings)
      var times: [Double] = []
      var units = UnitNumbers()
      try text.forEachRow { (row) throws(SpikingError) in
        times.append(try columns.time.time(of: row))
        guard let column = columns.unit else { return }
        guard !row.isEmpty(column) else {
          throw SpikingError(
            .invalidData, "line \(row.line)", found: "no unit", expected: "a number or a name")
        }
        do throws(SpikingError) {
          if let id = row.number(column).flatMap({ Int(exactly: $0) }) {
            try units.append(id)
          } else {
            try units.append(row.text(column))
          }
        } catch {
          throw error.within("line \(row.line)")
        }
      }
      guard !times.isEmpty else {
        throw SpikingError(.invalidData, "table", found: "no spikes", expected: "a line for each")
      }
      return try ColumnRecording(times: times, units: columns.unit == nil ? nil : units).recording(
        source: path,
        notices: columns.ignored.isEmpty
          ? []
          : [Irregularity(.leftOut, "columns \(columns.ignored.joined(separator: ", "))")])
    } catch {
      throw error.ofTable(path)
    }
  }

  private static func columns(
    of text: DelimitedText, _ settings: ReadingSettings
  ) throws(SpikingError) -> Columns {
    guard let header = text.header else { return try columns(withoutNames: text, settings) }
    guard let time = try TimeColumn(in: header, unit: settings.timeUnit) else {
      throw SpikingError(
        .invalidData, "first line",
        found: header.joined(separator: ", "), expected: "a column time, as time_ms or time_s")
    }
    let unit = TimeColumn.index(in: header, ["unit", "units", "neuron", "cluster", "cell", "id"])
    return Columns(
      time: time, unit: unit == time.index ? nil : unit,
      ignored: header.indices.filter { $0 != time.index && $0 != unit }.map { header[$0] })
  }

  private static func columns(
    withoutNames text: DelimitedText, _ settings: ReadingSettings
  ) throws(SpikingError) -> Columns {
    guard 1...2 ~= text.columnCount else {
      throw SpikingError(
        .invalidData, "first line", found: "\(text.columnCount) numbers",
        expected: "a time and a unit, or names of columns, time and unit among them")
    }
    guard let timeUnit = settings.timeUnit else { throw TimeColumn.unknownUnit("times") }
    if text.columnCount == 1 {
      return Columns(time: TimeColumn(index: 0, unit: timeUnit), unit: nil)
    }
    let fractions = columnsWithFractions(text)
    guard fractions.count == 1, let time = fractions.first else {
      throw SpikingError(
        .invalidData, "first line",
        found:
          "two columns, of which \(fractions.isEmpty ? "both have" : "neither has") whole numbers alone",
        expected: "names in a first line, such as time_ms,unit")
    }
    return Columns(time: TimeColumn(index: time, unit: timeUnit), unit: 1 - time)
  }

  /// Which of two columns have numbers that are not whole, as units do not, within some lines.
  private static func columnsWithFractions(_ text: DelimitedText) -> Set<Int> {
    var columns: Set<Int> = []
    // A line that is wrong is an error once all are read.
    try? text.forEachRow(atMost: 10_000) { (row) throws(SpikingError) in
      for column in 0..<row.count where row.number(column).map({ $0 != $0.rounded() }) ?? false {
        columns.insert(column)
      }
    }
    return columns
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
