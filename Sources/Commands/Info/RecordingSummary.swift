internal import Spiking

/// A session: its units and their table, intervals, events, series, and what is odd about it.
struct RecordingSummary: Summary {
  let file: String
  let kind = "recording"
  /// Not there where the file has no units, but series.
  let units: SpikeTrainsSummary?
  let neurons: [Neuron]
  /// Whether the file says when its units were observed.
  let hasObservations: Bool
  /// The moment of time 0, as the file has it.
  let origin: String?
  /// What is known of the units.
  let columns: [ColumnSummary]
  let intervals: [Intervals]
  let events: [Events]
  let series: [Series]
  let irregularities: [Finding]

  /// - Throws: as `Recording.irregularities()`.
  init(_ recording: Recording) throws(SpikingError) {
    file = recording.source
    hasObservations = recording.hasObservations
    origin = recording.origin
    let spikes = recording.spikes
    units =
      recording.unitCount > 0 ? SpikeTrainsSummary(spikes, file: recording.source) : nil
    neurons = spikes.indices.map { Neuron($0, of: spikes) }
    columns = recording.units.columns.map { ColumnSummary($0) }
    intervals = recording.intervals.map { Intervals($0) }
    events = recording.events.map { Events(name: $0.name, count: $0.times.count) }
    series = recording.series.map { Series($0.summary) }
    irregularities = try recording.irregularities().map { irregularity in
      let start = "\(recording.source): "
      let message = irregularity.message
      return Finding(
        kind: irregularity.kind.rawValue,
        message: message.hasPrefix(start) ? String(message.dropFirst(start.count)) : message)
    }
  }

  var lines: [String] {
    var lines = units?.lines ?? ["\(file): no units, \(series.count) time series"]
    if let origin { lines.append("  time 0 is \(origin)") }
    if units != nil, !hasObservations {
      lines.append("  nothing says when units were observed: all that time")
    }
    if !columns.isEmpty { lines.append("  units: " + columns.map(\.text).joined(separator: "; ")) }
    return lines + neurons.map(\.line) + intervals.map(\.line)
      + events.map { "  events \($0.name): \($0.count)" } + series.map(\.line)
      + irregularities.map { "  \($0.kind): \($0.message)" }
  }

  /// Something odd.
  struct Finding: Encodable {
    let kind: String
    let message: String
  }

  /// Times of events.
  struct Events: Encodable {
    let name: String
    let count: Int
  }

  /// A table of intervals.
  struct Intervals: Encodable {
    let name: String
    let count: Int
    let startMs: Double?
    let stopMs: Double?
    let columns: [ColumnSummary]

    init(_ table: IntervalTable) {
      name = table.name
      count = table.intervals.count
      startMs = table.intervals.map(\.lowerBound).min()
      stopMs = table.intervals.map(\.upperBound).max()
      columns = table.table.columns.map { ColumnSummary($0) }
    }

    var line: String {
      var line = "  \(name): \(counted(count, "interval"))"
      if let startMs, let stopMs { line += ", \(inMilliseconds(startMs, to: stopMs))" }
      return columns.isEmpty ? line : line + "; " + columns.map(\.text).joined(separator: "; ")
    }
  }

  /// A unit.
  struct Neuron: Encodable {
    let neuron: Int
    /// Those while it was observed.
    let spikes: Int
    let rateHz: Double?
    let observedMs: Double
    /// In how many intervals it was observed; not there where the file does not say.
    let intervals: Int?
    let spikesOutside: Int

    init(_ neuron: Int, of recording: SpikeTrains) {
      self.neuron = neuron
      spikes = recording.observedSpikeCount(of: neuron)
      observedMs = recording.observedDuration(of: neuron)
      rateHz = hertz(spikes, in: observedMs)
      intervals = recording.observations.isEmpty ? nil : recording.observed(neuron).count
      spikesOutside = recording[neuron].count - spikes
    }

    var line: String {
      var line = "  neuron \(neuron): \(spikes) spikes"
      if let rateHz { line += ", \(significant(rateHz)) Hz" }
      if let intervals {
        line += " in \(significant(observedMs / 1000)) s"
        if intervals != 1 { line += " of \(intervals) intervals" }
        if spikesOutside > 0 { line += ", and \(spikesOutside) while it was not observed" }
      }
      return line
    }
  }

  /// A time series.
  struct Series: Encodable {
    let path: String
    var shape: [Int]?
    var startMs: Double?
    /// Of regular samples.
    var rateHz: Double?
    /// When the last of irregular samples was taken.
    var stopMs: Double?
    var unit: String?
    /// What a full turn is, of angles.
    var turn: Double?

    init(_ series: TimeSeriesDescription) {
      path = series.path
      shape = series.shape
      unit = series.unit
      turn = series.turn
      switch series.times {
      case .regular(let start, let step): (startMs, rateHz) = (start, 1000 / step)
      case .stamps(let stamps): (startMs, stopMs) = (stamps.first ?? 0, stamps.last ?? 0)
      }
    }

    var line: String {
      let start = startMs ?? 0
      let times =
        rateHz.map { "\(significant($0)) Hz from \(inMilliseconds(start))" }
        ?? "at \(inMilliseconds(start, to: stopMs ?? start))"
      return
        "  \(path): shape \(shapeText(shape ?? [])), \(times), unit \((unit ?? "").debugDescription)"
        + (turn.map { ", angles of a turn of \(significant($0))" } ?? "")
    }
  }
}
