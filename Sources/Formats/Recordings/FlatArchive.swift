internal import SpikingFramework
internal import SpikingRecordings

/// Spikes in an archive of other programs: an array of times and one of units, as long as it.
///
/// The times are `spike_times`, `times`, `time`, `t` or `timestamps`, to whose names `_s`, `_ms` or `_us` may be added; the units `unit`,
/// `units`, `unit_id`, `neuron`, `cluster`, `clusters`, `spike_clusters`, `index` or `id`; none where there is one unit. A `TsGroup` of Pynapple
/// counts in seconds, and was observed from each of its `start` to its `end`.
enum FlatArchive {
  private static let times = ["spike_times", "times", "time", "t", "timestamps"]
  private static let units = [
    "unit", "units", "unit_id", "neuron", "cluster", "clusters", "spike_clusters", "index", "id",
  ]

  /// The array of times of an archive with these names, and their unit where the name says it.
  static func times(among names: [String]) -> (name: String, unit: TimeUnit?)? {
    for base in times {
      for (ending, unit) in [
        ("", nil), ("_s", TimeUnit.seconds), ("_ms", .milliseconds), ("_us", .microseconds),
      ] where names.contains(base + ending) {
        return (base + ending, unit)
      }
    }
    return nil
  }

  static func recording(
    _ archive: borrowing NumPyArchive, _ settings: ReadingSettings
  ) throws(SpikingError) -> Recording? {
    guard let (name, named) = times(among: archive.names) else { return nil }
    let array = try archive.array(name).column()
    guard let unit = settings.timeUnit ?? named ?? (isPynapple(archive) ? .seconds : nil) else {
      throw SpikingError(
        .invalidData, "\(archive.path): \(name)", found: "no unit of time",
        expected: "--time-unit s, ms, us or samples:RATE, or a name such as \(name)_ms")
    }
    let times = try array.times(in: unit)
    let units = try units(archive, count: times.count)
    let recording = try SpikingError.within(
      archive.path,
      ColumnRecording(times: times, units: units).recording(source: archive.path, notices: []))
    return isPynapple(archive) ? try observed(recording, archive) : recording
  }

  private static func isPynapple(_ archive: borrowing NumPyArchive) -> Bool {
    Set(["t", "index", "start", "end", "type"]).isSubset(of: archive.names)
  }

  /// The unit of each spike; nil where there is one.
  private static func units(
    _ archive: borrowing NumPyArchive, count: Int
  ) throws(SpikingError) -> UnitNumbers? {
    let names = Set(archive.names)
    guard let name = units.first(where: names.contains) else { return nil }
    return try UnitNumbers(of: archive.array(name).column(), count: count)
  }

  /// The recording from the first start to the last end, in s, observed between them.
  private static func observed(
    _ recording: Recording, _ archive: borrowing NumPyArchive
  ) throws(SpikingError) -> Recording {
    let starts = try archive.column("start")
    let ends = try archive.column("end")
    guard starts.count == ends.count, zip(starts, ends).allSatisfy({ $0 <= $1 }),
      let last = ends.map({ $0 * 1000 }).max(), let first = starts.map({ $0 * 1000 }).min(),
      first.isFinite, last.isFinite
    else {
      throw SpikingError(
        .invalidData, "\(archive.path): end", found: "\(ends.count) times",
        expected: "one at or after each of \(starts.count) of start, in s")
    }
    let spikes = recording.spikes
    let stretches = zip(starts, ends).map { $0 * 1000...$1 * 1000 }
    let whole = SpikeTrains.union(stretches)
    let observed = try SpikingError.within(
      archive.path,
      SpikeTrains(
        times: spikes.times, offsets: spikes.offsets,
        start: min(first, spikes.times.min() ?? first),
        stop: max(last, spikes.times.max() ?? last),
        observations: Array(repeating: whole, count: spikes.neuronCount)))
    return try Recording(
      observed, units: recording.units, hasObservations: true, source: archive.path,
      notices: recording.notices)
  }
}
