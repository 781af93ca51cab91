internal import SpikingFiles
internal import SpikingFramework
internal import SpikingRecordings

/// Recordings as archives: events in bins, or times with all that is known of the session.
///
/// Times are the arrays `neuron` uint32 [E] and `time` float64 [E] (ms), and the scalars `neurons`
/// int64, `start` and `stop` float64 (ms); where neurons were not observed throughout also
/// `obs_intervals` float64 [K, 2] (ms), neuron by neuron, and `obs_intervals_index` int64 [neurons], where
/// those of each end. `SessionArrays` are those of tables, events and series.
/// `BinnedSpikesFile` describes events.
enum RecordingArchive {
  static func recording(
    _ path: String, _ settings: ReadingSettings
  ) throws(SpikingError) -> Recording {
    let archive = try NumPyArchive(contentsOf: path)
    if archive.contains("time"), archive.contains("neurons") { return try timed(archive) }
    if archive.contains("bin") {
      return Recording(try BinnedSpikesFile.events(archive), source: path)
    }
    if !ArchiveKind.isFit(archive.names),
      let recording = try FlatArchive.recording(archive, settings)
    {
      return recording
    }
    throw SpikingError(
      .invalidData, path, found: ArchiveKind.description(archive.names),
      expected: "spikes, an array time or bin among them")
  }

  private static func timed(_ archive: borrowing NumPyArchive) throws(SpikingError) -> Recording {
    let spikes = try times(archive)
    let tables = try SessionArrays.intervals(archive)
    return try Recording(
      spikes, units: SessionArrays.units(archive, rowCount: spikes.neuronCount),
      intervals: tables, events: SessionArrays.events(archive),
      series: SessionArrays.series(archive),
      origin: archive.contains("origin") ? archive.array("origin").strings().first : nil,
      source: archive.path)
  }

  /// Writes times, neuron by neuron, and all else of the session. Series are read one after the other.
  ///
  /// - Returns: the series that cannot be read, and are left out, in words.
  /// - Throws: `unwritableFile`; `unreadableFile` where the file of the series is gone.
  static func write(_ recording: Recording, to path: String) throws(SpikingError) -> [String] {
    let spikes = recording.spikes
    var neurons: [UInt32] = []
    neurons.reserveCapacity(spikes.times.count)
    for (neuron, train) in spikes.enumerated() {
      neurons.append(
        contentsOf: repeatElement(UInt32(truncatingIfNeeded: neuron), count: train.count))
    }
    var arrays = [
      ("neuron", NumPyArray(neurons)),
      ("time", NumPyArray(spikes.times)),
      ("neurons", NumPyArray(scalar: spikes.neuronCount)),
      ("start", NumPyArray(scalar: spikes.start)),
      ("stop", NumPyArray(scalar: spikes.stop)),
      ("version", NumPyArray(scalar: spikingVersion)),
    ]
    let observations = spikes.observations
    if !observations.isEmpty {
      let edges = observations.joined().flatMap { [$0.lowerBound, $0.upperBound] }
      var end = 0
      let ends = observations.map { stretches in
        end += stretches.count
        return end
      }
      arrays.append(("obs_intervals", NumPyArray(edges, shape: [edges.count / 2, 2])))
      arrays.append(("obs_intervals_index", NumPyArray(ends)))
    }
    if let origin = recording.origin { arrays.append(("origin", NumPyArray([origin]))) }
    let session = try SessionArrays(recording)
    try NumPyArchive.write(arrays + session.arrays, to: path)
    return session.unreadable.map { "a series: \($0)" }
  }

  /// The number of neurons, which follows from no array: silent ones take memory, too, and so their number is bounded by
  /// that of the events and by the size of the file, or is at most a million.
  ///
  /// - Throws: `invalidData` where there is none, or more than that.
  static func neuronCount(_ archive: borrowing NumPyArchive) throws(SpikingError) -> Int {
    let count = try archive.scalar("neurons", as: Int.self)
    let events = try archive.description(of: "neuron").shape.first ?? 0
    // What remembers the neurons of a checkpoint is larger than their number.
    let present = max(events, archive.byteCount)
    let limit = min(Connectivity.maximumNeuronCount, max(1 << 20, 16 * min(present, 1 << 40)))
    guard 1...limit ~= count else {
      throw SpikingError(
        .invalidData, "\(archive.path): neurons", found: count,
        expected: "1 to \(limit), as there are \(events) events in \(archive.byteCount) bytes")
    }
    return count
  }

  static func times(_ archive: borrowing NumPyArchive) throws(SpikingError) -> SpikeTrains {
    let neurons = try archive.column("neuron", as: UInt32.self)
    let times = try archive.column("time")
    let neuronCount = try neuronCount(archive)
    let start = try archive.scalar("start")
    let stop = try archive.scalar("stop")
    let observations = try observations(archive, neuronCount: neuronCount)
    do throws(SpikingError) {
      guard start.isFinite, stop.isFinite, start <= stop else {
        throw SpikingError(
          .invalidData, "start, stop", found: "\(start), \(stop)",
          expected: "times in ms, start ≤ stop")
      }
      guard neurons.count == times.count else {
        throw SpikingError(
          .invalidData, "time", found: "\(times.count) times for \(neurons.count) neurons",
          expected: "as many of each")
      }
      if let index = neurons.firstIndex(where: { $0 >= neuronCount }) {
        throw SpikingError(
          .invalidData, "neuron[\(index)]", found: neurons[index],
          expected: "below \(neuronCount)")
      }
      if let index = times.firstIndex(where: { !(start <= $0 && $0 <= stop) }) {
        throw SpikingError(
          .invalidData, "time[\(index)]", found: times[index],
          expected: "\(start) to \(stop) ms, from start to stop")
      }
      let (columns, offsets) = sorted(times, neurons, neuronCount: neuronCount)
      return try SpikeTrains(
        times: columns, offsets: offsets, start: start, stop: stop, observations: observations)
    } catch {
      throw error.within(archive.path)
    }
  }

  /// When each neuron was observed; nothing where the archive does not say.
  private static func observations(
    _ archive: borrowing NumPyArchive, neuronCount: Int
  ) throws(SpikingError) -> [[ClosedRange<Double>]] {
    guard archive.contains("obs_intervals") else { return [] }
    let array = try archive.array("obs_intervals")
    guard array.shape.count == 2, array.shape[1] == 2 else {
      throw array.error(
        "shape", found: NumPyHeader.text(array.shape), expected: "(intervals, 2)")
    }
    let edges = try array.doubles()
    let ends = try archive.column("obs_intervals_index", as: Int.self)
    let offsets = [0] + ends
    guard ends.count == neuronCount, ends.last == array.shape[0],
      zip(offsets, ends).allSatisfy({ $0 <= $1 })
    else {
      throw SpikingError(
        .invalidData, "\(archive.path): obs_intervals_index", found: ends,
        expected: "\(neuronCount) numbers, ascending to \(array.shape[0])")
    }
    if let row = (0..<array.shape[0]).first(where: { !(edges[2 * $0] <= edges[2 * $0 + 1]) }) {
      throw array.error(
        "data[\(row)]", found: "\(edges[2 * row]) to \(edges[2 * row + 1])",
        expected: "times in ms, start ≤ stop")
    }
    return zip(offsets, ends).map { first, end in
      (first..<end).map { edges[2 * $0]...edges[2 * $0 + 1] }
    }
  }

  /// The times neuron by neuron, ascending within each.
  private static func sorted(
    _ times: [Double], _ neurons: [UInt32], neuronCount: Int
  ) -> (times: [Double], offsets: [Int]) {
    var sort = CountingSort(of: neurons, below: neuronCount)
    var sorted = [Double](repeating: 0, count: times.count)
    for (neuron, time) in zip(neurons, times) { sorted[sort.place(of: Int(neuron))] = time }
    // In which order an archive has them says nothing.
    _ = sorted.sortTrains(sort.offsets)
    return (sorted, sort.offsets)
  }
}
