internal import SpikingFiles
internal import SpikingFramework
internal import SpikingRecordings

extension NWBWriter {
  /// Writes a recording.
  ///
  /// - Returns: why series are left out.
  /// - Throws: `unwritableFile`; `unreadableFile` where the file of the series is gone.
  /// - Complexity: O(spikes + all else); memory for one series.
  static func write(
    _ recording: Recording, to path: String
  ) throws(SpikingError) -> [SpikingError] {
    var writer = try NWBWriter(path, session(of: recording))
    let spikes = recording.spikes
    if spikes.neuronCount > 0 {
      try writer.addUnits(
        unitTable(of: recording), ends: Array(spikes.offsets.dropFirst()),
        observed: (0..<spikes.neuronCount).map { spikes.observed($0) },
        resolution: recording.bins?.dt ?? smallestInterval(of: spikes)
      ) { (file: inout HDF5Writer) throws(SpikingError) in
        for train in spikes {
          try file.append(train.map { Seconds.from(milliseconds: $0) })
        }
      }
    }
    try writer.add(recording.intervals)
    try writer.add(recording.series)
    try writer.add(recording.events)
    let unreadable = writer.unreadable
    try writer.finish()
    return unreadable
  }

  private static func session(of recording: Recording) -> NWBSession {
    let name = Paths.name(recording.source)
    var session = NWBSession(description: "Converted from \(name).")
    if let origin = recording.origin, NWBSession.isMoment(origin) {
      session.start = origin
    } else {
      session.notes =
        "session_start_time is not known"
        + (recording.origin.map { ": the file said \($0)" } ?? "") + "."
    }
    if let bins = recording.bins {
      session.notes = [session.notes, notes(of: bins, binCount: bins.binCount)]
        .compactMap(\.self).joined(separator: " ")
      if bins.seed != nil { session.subject = .simulation }
    }
    return session
  }

  /// The table of units, with the networks of those that were simulated.
  private static func unitTable(of recording: Recording) throws(SpikingError) -> Table {
    guard let bins = recording.bins, let column = networkColumn(of: bins),
      recording.units["network"] == nil
    else { return recording.units }
    return try Table(recording.units.columns + [column], rowCount: recording.unitCount)
  }

  /// The network of each neuron; nil where there is one.
  static func networkColumn(of bins: BinnedSpikes) -> Column? {
    guard bins.networkCount > 1 else { return nil }
    let offsets = bins.networkOffsets
    let networks = (0..<bins.networkCount).flatMap { network in
      repeatElement(network, count: offsets[network + 1] - offsets[network])
    }
    return Column(
      "network", .integers(networks), description: "The network of the neuron, from 0 on.")
  }

  /// What the bins of spikes are, and their seed.
  static func notes(of bins: BinnedSpikes, binCount: Int) -> String {
    let seed = bins.seed.map { ", simulated with seed \($0)" } ?? ""
    return "Spikes counted in \(binCount) bins of \(bins.dt) ms\(seed), at the beginnings of these."
  }

  /// The smallest time between two spikes of a unit, in ms: not less than the step of the clock; nil without any.
  private static func smallestInterval(of spikes: SpikeTrains) -> Double? {
    var smallest = Double.infinity
    for train in spikes {
      for (time, next) in zip(train, train.dropFirst()) where next > time {
        smallest = min(smallest, next - time)
      }
    }
    return smallest.isFinite ? smallest : nil
  }
}
