public import SpikingFiles
public import SpikingFramework
public import SpikingRecordings

extension TimeSeries {
  /// Columns of a table of text (`.csv`, `.tsv`, `.txt`) that has a column of times: `time_ms,x,y`.
  ///
  /// - Parameters:
  ///   - names: the columns that are the channels, in this order; all of numbers where none are named.
  ///   - timeUnit: in what times are counted where the name of their column does not say it.
  /// - Throws: `unreadableFile`; `unknownName` for a column that there is not; `invalidData` where there are no times, they
  ///   are not finite and ascending, or a column has texts.
  /// - Complexity: O(bytes), memory for all columns.
  public init(
    contentsOf location: some FileLocation, columns names: [String] = [],
    timeUnit: TimeUnit? = nil
  ) throws(SpikingError) {
    let path = location.locationPath
    do throws(SpikingError) {
      let table = try DelimitedText(contentsOf: path).columns()
      guard let time = try TimeColumn(in: table.map(\.name), otherwise: timeUnit) else {
        throw SpikingError(
          .invalidData, "first line", found: table.map(\.name).joined(separator: ", "),
          expected: "a column time, as time_ms or time_s")
      }
      let channels = try Self.channels(
        names, of: table.indices.filter { $0 != time.index }.map { table[$0] })
      var values: [Double] = []
      for sample in 0..<table[time.index].count {
        for channel in channels { values.append(channel.numbers[sample]) }
      }
      let units = Set(channels.map(\.unit))
      try self.init(
        values: values, channelCount: channels.count,
        times: .stamps(time.times(of: table[time.index])),
        unit: units.count == 1 ? units.first ?? "" : "")
    } catch {
      throw error.ofTable(path)
    }
  }

  /// Whether a file is a table of text that has a column of times.
  package static func isTable(_ path: String) -> Bool {
    guard DelimitedText.extensions.contains(Paths.pathExtension(path)),
      let header = (try? DelimitedText(contentsOf: path))?.header
    else { return false }
    return TimeColumn.index(in: header) != nil
  }

  private static func channels(
    _ names: [String], of table: [Column]
  ) throws(SpikingError) -> [ValueColumn] {
    let all = table.filter { $0.numbers != nil }.map(ValueColumn.init)
    if names.isEmpty, !all.isEmpty { return all }
    return try (names.isEmpty ? ["values"] : names).map { name throws(SpikingError) in
      if let column = all.first(where: { $0.name == name || $0.title == name }) { return column }
      throw SpikingError(
        .unknownName, "columns", found: "no column \(name.debugDescription) of numbers",
        expected: all.isEmpty ? "one" : "one of \(all.map(\.name).joined(separator: ", "))")
    }
  }
}
