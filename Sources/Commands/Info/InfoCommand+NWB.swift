internal import Spiking

extension InfoCommand {
  /// The units and the time series of a `.nwb` file; a series that cannot be read has its reason.
  func describeNWB(_ path: String) throws(SpikingError) {
    let file = try NWBFile(path, limits: reading.limits)
    let names = try file.seriesNames
    if file.hasUnits || names.isEmpty {
      let recording = try file.units()
      describe(.timed(recording), path)
      if !file.hasObservations { print("  nothing says when units were observed: all that time") }
      for neuron in 0..<recording.neuronCount { describe(neuron, of: recording) }
    } else {
      print("\(path): no units, \(names.count) time series")
    }
    for name in names {
      do throws(SpikingError) {
        describe(try file.description(ofSeries: name))
      } catch {
        guard error.code == .invalidData else { throw error }
        let reason = "\(error)"
        let start = "\(path): "
        print(
          "  \(name): cannot be read: "
            + (reason.hasPrefix(start) ? String(reason.dropFirst(start.count)) : reason))
      }
    }
  }

  private func describe(_ neuron: Int, of recording: SpikeTrains) {
    let count = recording.observedSpikeCount(of: neuron)
    let duration = recording.observedDuration(of: neuron)
    var line = "  neuron \(neuron): \(count) spikes"
    if duration > 0 { line += ", \(brief(1000 * Double(count) / duration)) Hz" }
    if !recording.observations.isEmpty {
      let stretches = recording.observed(neuron).count
      line += " in \(brief(duration / 1000)) s"
      if stretches != 1 { line += " of \(stretches) intervals" }
      let outside = recording[neuron].count - count
      if outside > 0 { line += ", and \(outside) while it was not observed" }
    }
    print(line)
  }

  private func describe(_ series: TimeSeriesDescription) {
    let times =
      switch series.times {
      case .regular(let start, let step):
        "\(brief(1000 / step)) Hz from \(inMilliseconds(start))"
      case .stamps(let stamps):
        "at \(inMilliseconds(stamps.first ?? 0, to: stamps.last ?? 0))"
      }
    let shape = series.shape.map(String.init).joined(separator: ", ")
    print(
      "  \(series.path): shape (\(shape)), \(times), unit \(series.unit.debugDescription)"
        + (series.turn.map { ", angles of a turn of \(brief($0))" } ?? ""))
  }
}
