internal import SpikingFramework
internal import SpikingRecordings

extension NWBWriter {
  /// The names that the standard has for columns of units.
  private static let reservedUnitColumns: Set<String> = [
    "spike_times", "spike_times_index", "obs_intervals", "obs_intervals_index", "electrodes",
    "electrodes_index", "electrode_group", "waveform_mean", "waveform_sd", "waveforms",
    "waveforms_index", "waveforms_index_index",
  ]

  /// Writes the units: their table, when each was observed, and their spikes.
  ///
  /// - Parameters:
  ///   - table: a row for each unit.
  ///   - ends: the number of spikes up to the end of each unit.
  ///   - observed: for each unit when it was observed, in ms.
  ///   - resolution: the smallest step between times of spikes, in ms; nil where it is not known.
  ///   - spikes: appends the times of all spikes in s, unit by unit.
  mutating func addUnits(
    _ table: Table, ends: [Int], observed: [[ClosedRange<Double>]], resolution: Double?,
    spikes: (inout HDF5Writer) throws(SpikingError) -> Void
  ) throws(SpikingError) {
    var columns = try begin("/units", "Units", "Units that fire spikes.")
    try addColumns(of: table, reserved: Self.reservedUnitColumns, to: &columns)
    var attributes = columnAttributes("When each unit fired, in s.")
    if let resolution { attributes.append(("resolution", .real(resolution / 1000))) }
    try file.begin("/units/spike_times", shape: [ends.last ?? 0], attributes: attributes)
    try spikes(&file)
    try file.end()
    try addIndex(of: "spike_times", ends: ends, to: &columns)
    try addObservations(observed, to: &columns)
    try end(columns)
  }

  private mutating func addObservations(
    _ observed: [[ClosedRange<Double>]], to columns: inout Columns
  ) throws(SpikingError) {
    var end = 0
    let ends = observed.map { stretches in
      end += stretches.count
      return end
    }
    try file.begin(
      "/units/obs_intervals", shape: [end, 2],
      attributes: columnAttributes("When each unit was observed: beginnings and ends, in s."))
    for stretches in observed {
      try file.append(
        stretches.flatMap {
          [
            Seconds.from(milliseconds: $0.lowerBound), Seconds.from(milliseconds: $0.upperBound),
          ]
        })
    }
    try file.end()
    try addIndex(of: "obs_intervals", ends: ends, to: &columns)
  }
}
