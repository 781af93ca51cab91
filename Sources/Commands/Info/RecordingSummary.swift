internal import Spiking

/// The units and the time series of a `.nwb` file; a series that cannot be read has its reason.
struct RecordingSummary: Summary {
  let file: String
  let kind = "recording"
  /// Not there where the file has no units, but series.
  let units: SpikeTrainsSummary?
  let neurons: [Neuron]
  /// Whether the file says when its units were observed.
  let hasObservations: Bool
  let series: [Series]

  init(_ path: String, limits: NWBFile.Limits) throws(SpikingError) {
    let file = try NWBFile(path, limits: limits)
    let names = try file.seriesNames
    self.file = path
    hasObservations = file.hasObservations
    if file.hasUnits || names.isEmpty {
      let recording = try file.units()
      units = SpikeTrainsSummary(recording, file: path)
      neurons = (0..<recording.neuronCount).map { Neuron($0, of: recording) }
    } else {
      (units, neurons) = (nil, [])
    }
    var series: [Series] = []
    for name in names {
      do throws(SpikingError) {
        series.append(Series(try file.description(ofSeries: name)))
      } catch {
        guard error.code == .invalidData else { throw error }
        let (reason, start) = ("\(error)", "\(path): ")
        series.append(
          Series(
            name,
            error: reason.hasPrefix(start) ? String(reason.dropFirst(start.count)) : reason))
      }
    }
    self.series = series
  }

  var lines: [String] {
    var lines = units?.lines ?? ["\(file): no units, \(series.count) time series"]
    if units != nil, !hasObservations {
      lines.append("  nothing says when units were observed: all that time")
    }
    return lines + neurons.map(\.line) + series.map(\.line)
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
    /// Why it cannot be read.
    var error: String?

    init(_ path: String, error: String) {
      self.path = path
      self.error = error
    }

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
      if let error { return "  \(path): cannot be read: \(error)" }
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
