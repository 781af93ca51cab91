public import SpikingFiles
public import SpikingFramework
public import SpikingRecordings

extension Recording {
  /// Adds what a table of text (`.csv`, `.tsv`, `.txt`) says of the session; `table` is the name of the file without its extension:
  ///
  /// | columns, by the names in the first line | what they are |
  /// | --- | --- |
  /// | `start` and `stop` (or `end`) | intervals `table`, with the other columns: trials; those of times, `cue_time`, in ms |
  /// | `time` and numbers | a series for each column of numbers, `/processing/table/column`; `x (cm)` has the unit cm |
  /// | `time` and a text | events, one list for each text, `table: text` |
  /// | `time` alone | events `table` |
  ///
  /// - Parameter timeUnit: in what times are counted whose name does not say it, as `start_s` and `time (ms)` do.
  /// - Throws: `unreadableFile`; `invalidData` where it has none of these columns, no unit is known, or a time is none.
  /// - Complexity: O(bytes), memory for the columns.
  public mutating func addTable(
    contentsOf location: some FileLocation, timeUnit: TimeUnit? = nil
  ) throws(SpikingError) {
    let path = location.locationPath
    do throws(SpikingError) {
      try add(Self.columns(of: path), named: Paths.stem(path), timeUnit)
    } catch {
      throw error.ofTable(path)
    }
  }

  private static func columns(of path: String) throws(SpikingError) -> [Column] {
    let text = try DelimitedText(contentsOf: path)
    guard text.header != nil else {
      throw SpikingError(
        .invalidData, "first line", found: "numbers", expected: "names of columns, such as time_ms")
    }
    return try text.columns()
  }

  private mutating func add(
    _ columns: [Column], named name: String, _ unit: TimeUnit?
  ) throws(SpikingError) {
    let header = columns.map(\.name)
    if let start = try TimeColumn(in: header, called: ["start"], otherwise: unit),
      let stop = try TimeColumn(in: header, called: ["stop", "end"], otherwise: unit)
    {
      return try add(
        IntervalTable(
          name: name,
          intervals: Self.intervals(
            start.times(of: columns[start.index]), stop.times(of: columns[stop.index])),
          table: Table(
            columns.indices.filter { $0 != start.index && $0 != stop.index }.map {
              Self.timed(columns[$0], start.unit)
            },
            rowCount: columns[start.index].count)))
    }
    guard let time = try TimeColumn(in: header, otherwise: unit) else {
      throw SpikingError(
        .invalidData, "first line", found: header.joined(separator: ", "),
        expected: "columns start and stop, or time")
    }
    let times = try time.times(of: columns[time.index])
    let others = columns.indices.filter { $0 != time.index }.map { columns[$0] }
    var unused = others
    if others.contains(where: { $0.numbers != nil }) {
      for column in others where column.numbers != nil {
        try add(ValueColumn(column).series(times: times, module: name))
      }
      unused.removeAll { $0.numbers != nil }
    } else if let texts = others.first?.texts {
      unused.removeFirst()
      let marks = Dictionary(grouping: zip(texts, times), by: \.0)
      for (text, marks) in marks.sorted(by: { $0.key < $1.key }) {
        try add(Events("\(name): \(text)", times: marks.map(\.1)))
      }
    } else {
      try add(Events(name, times: times))
    }
    if !unused.isEmpty {
      let names = unused.map(\.name).joined(separator: ", ")
      notices.append(Irregularity(.leftOut, "columns \(names) of \(name)"))
    }
  }

  /// A column of times in ms, whatever the unit that its name says, or the starts have; any other as it is.
  private static func timed(_ column: Column, _ usual: TimeUnit) -> Column {
    guard let numbers = column.numbers,
      let time = try? TimeColumn(in: [column.name], called: ["time"], otherwise: usual)
    else { return column }
    let words = column.name.split { !($0.isLetter || $0.isNumber) }.map(String.init)
    return Column(
      words.filter { (try? TimeUnit($0.lowercased())) == nil }.joined(separator: "_"),
      .numbers(numbers.map { $0 * time.unit.milliseconds }), description: column.description)
  }

  private static func intervals(
    _ starts: [Double], _ stops: [Double]
  ) throws(SpikingError) -> [ClosedRange<Double>] {
    try zip(starts, stops).enumerated().map { row, edges throws(SpikingError) in
      guard edges.0 <= edges.1 else {
        throw SpikingError(
          .invalidData, "row \(row + 1)", found: inMilliseconds(edges.0, to: edges.1),
          expected: "start ≤ stop")
      }
      return edges.0...edges.1
    }
  }
}
