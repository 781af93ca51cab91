internal import Spiking

extension InfoCommand {
  /// The units and the time series of a `.nwb` file.
  func describeNWB(_ path: String) throws(SpikingError) {
    let file = try NWBFile(path)
    let recording = try file.units()
    let series = try descriptions(file)
    describe(.timed(recording))
    for neuron in 0..<recording.neuronCount {
      let count = recording[neuron].count
      let rate =
        recording.duration > 0
        ? ", \(brief(1000 * Double(count) / recording.duration)) Hz" : ""
      print("  neuron \(neuron): \(count) spikes\(rate)")
    }
    for series in series {
      let times =
        switch series.times {
        case .regular(let start, let step): "\(brief(1000 / step)) Hz from \(start) ms"
        case .stamps(let stamps): "at \(stamps.first ?? 0) to \(stamps.last ?? 0) ms"
        }
      let shape = series.shape.map(String.init).joined(separator: ", ")
      print("  \(series.path): shape (\(shape)), \(times), unit \(series.unit.debugDescription)")
    }
  }

  private func descriptions(
    _ file: borrowing NWBFile
  ) throws(SpikingError) -> [TimeSeriesDescription] {
    var descriptions: [TimeSeriesDescription] = []
    for name in try file.seriesNames { descriptions.append(try file.description(ofSeries: name)) }
    return descriptions
  }
}
