internal import SpikingFiles
internal import SpikingFramework
internal import SpikingRecordings

extension NWBFile {
  /// The tables of intervals: trials, epochs, and all others below `/intervals` and in modules of `/processing`.
  func intervalTables(notices: inout [Irregularity]) throws(SpikingError) -> [IntervalTable] {
    var tables: [IntervalTable] = []
    for group in try intervalGroups() {
      do throws(SpikingError) {
        let table = try intervalTable(group, notices: &notices)
        guard !tables.contains(where: { $0.name == table.name }) else {
          notices.append(
            Irregularity(.leftOut, "\(group): intervals of the same name were read before"))
          continue
        }
        tables.append(table)
      } catch {
        guard error.code == .invalidData else { throw error }
        notices.append(Irregularity(.unreadable, "\(error)"))
      }
    }
    return tables
  }

  private func intervalGroups() throws(SpikingError) -> [String] {
    var groups: [String] = []
    for parent in ["/intervals"] + (try modules()) where try file.kind(of: parent) == .group {
      for child in try file.children(of: parent) where child.kind == .group {
        let group = "\(parent)/\(child.name)"
        if try file.kind(of: "\(group)/start_time") == .dataset { groups.append(group) }
      }
    }
    return groups
  }

  private func modules() throws(SpikingError) -> [String] {
    guard try file.kind(of: "/processing") == .group else { return [] }
    return try file.children(of: "/processing").filter { $0.kind == .group }
      .map { "/processing/\($0.name)" }
  }

  private func intervalTable(
    _ group: String, notices: inout [Irregularity]
  ) throws(SpikingError) -> IntervalTable {
    let starts = try file.reals("\(group)/start_time").values
    let stops = try file.reals("\(group)/stop_time").values
    guard starts.count == stops.count else {
      throw file.failure(
        "\(group)/stop_time", found: "\(stops.count) times",
        expected: "\(starts.count), as many as of start_time")
    }
    var intervals: [ClosedRange<Double>] = []
    var kept: [Int] = []
    for (row, (start, stop)) in zip(starts, stops).enumerated() {
      // Trials that were cut off have no end.
      guard (start * 1000).isFinite, (stop * 1000).isFinite, start <= stop else { continue }
      kept.append(row)
      intervals.append(Seconds.milliseconds(start)...Seconds.milliseconds(stop))
    }
    if kept.count < starts.count {
      notices.append(
        Irregularity(
          .leftOut,
          "\(group): \(starts.count - kept.count) of \(starts.count) intervals, which do not end after they start"
        ))
    }
    // What the series were during a trial is told by its times.
    let table = try table(
      group, rowCount: starts.count,
      except: ["start_time", "stop_time", "id", "timeseries", "timeseries_index", "tags_index"],
      notices: &notices)
    let name = Paths.name(group)
    return try SpikingError.within(
      "\(path): \(group)",
      IntervalTable(name: name, intervals: intervals, table: table.selecting(kept)))
  }
}
