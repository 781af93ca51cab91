public import SpikingFramework
public import SpikingRecordings

extension NWBFile {
  /// All that the file has of a session: units with their table, to which what is known of their electrodes is added, intervals,
  /// events, and series, whose data are read when they are asked for. What cannot be read costs nothing else: the recording's
  /// `notices` name it.
  ///
  /// - Throws: `unreadableFile`; `invalidData` where the spikes cannot be read, or there is nothing of a recording.
  /// - Complexity: O(spikes + rows of tables + timestamps).
  public func recording() throws(SpikingError) -> Recording {
    var notices: [Irregularity] = []
    var intervals = try intervalTables(notices: &notices)
    let names = try seriesNames
    let (annotated, others) = try events(
      among: names, intervals: &intervals, notices: &notices)
    let events = annotated + (try eventTables(notices: &notices))
    var series: [RecordedSeries] = []
    for name in others {
      do throws(SpikingError) {
        series.append(recordedSeries(try description(ofSeries: name)))
      } catch {
        guard error.code == .invalidData else { throw error }
        notices.append(Irregularity(.unreadable, "\(error)"))
      }
    }
    let hasSpikes = hasUnits
    guard hasSpikes || !names.isEmpty || !intervals.isEmpty else {
      throw SpikingError(
        .invalidData, path, found: "no units and no time series",
        expected: "/units/spike_times, where NWB 2 has the spikes of units, or series")
    }
    let spikes = hasSpikes ? try spikes(notices: &notices) : try silence(series)
    let units =
      hasSpikes
      ? try unitTable(rowCount: spikes.neuronCount, notices: &notices) : Table(rowCount: 0)
    return try Recording(
      spikes, units: units, intervals: intervals, events: events, series: series,
      origin: origin, hasObservations: hasObservations, source: path, notices: notices)
  }

  /// A recording without units, as long as its series.
  private func silence(_ series: [RecordedSeries]) throws(SpikingError) -> SpikeTrains {
    let hull = series.reduce(nil as ClosedRange<Double>?) { hull, series in
      series.summary.span?.joined(hull) ?? hull
    }
    return try SpikeTrains(
      trains: [], start: hull?.lowerBound ?? 0, stop: hull?.upperBound ?? 0)
  }

  private func recordedSeries(_ summary: TimeSeriesDescription) -> RecordedSeries {
    let (path, limits) = (path, file.limits)
    // The process that reads the file is not kept for each series.
    return RecordedSeries(summary) { () throws(SpikingError) in
      try NWBFile(path, limits: limits).series(named: summary.path)
    }
  }

  private func unitTable(
    rowCount: Int, notices: inout [Irregularity]
  ) throws(SpikingError) -> Table {
    let table = try table(
      "/units", rowCount: rowCount,
      except: [
        "spike_times", "spike_times_index", "obs_intervals", "obs_intervals_index", "electrodes",
        "electrodes_index",
      ], notices: &notices)
    var added: [Column] = []
    do throws(SpikingError) {
      added = try columnsOfElectrodes(unitCount: rowCount, notices: &notices)
    } catch {
      guard error.code == .invalidData else { throw error }
      notices.append(Irregularity(.unreadable, "\(error)"))
    }
    // What the units say of themselves comes first.
    return try Table(
      table.columns + added.filter { table[$0.name] == nil }, rowCount: rowCount)
  }

  /// The moment of time 0, as the file has it.
  private var origin: String? {
    for name in ["/timestamps_reference_time", "/session_start_time"] {
      if let text = (try? file.texts(name))?.first, !text.isEmpty {
        return text == NWBSession.unknownStart ? nil : text
      }
    }
    return nil
  }
}
