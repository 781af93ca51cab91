internal import Foundation
public import SpikingFiles
public import SpikingFramework

/// Spikes as a file gave them: in bins, or at times.
public enum RecordedSpikes: Hashable, Sendable {
  /// Spikes counted in bins.
  case binned(BinnedSpikes)
  /// Spikes with times of their own.
  case timed(SpikeTrains)

  /// The spikes by neuron; those in bins at the times at which their bins start.
  ///
  /// - Complexity: O(spikes) for bins.
  public var spikeTrains: SpikeTrains {
    switch self {
    case .binned(let trains): trains.spikeTrains
    case .timed(let recording): recording
    }
  }

  /// The spikes in bins; nil where they have times.
  public var trains: BinnedSpikes? {
    if case .binned(let trains) = self { trains } else { nil }
  }
}

extension RecordedSpikes {
  /// The spikes of a file.
  ///
  /// - Parameters:
  ///   - location: a `.npz` of times in any order or of events, a `.npy` of dense counts, or a `.nwb` with
  ///     units.
  ///   - dt: the width of a bin of dense counts, in ms.
  ///   - limits: what reading a `.nwb` may take.
  /// - Throws: `unreadableFile`, or `invalidData` naming the file, the array and the value.
  public init(
    contentsOf location: some FileLocation, dt: Double = 1,
    limits: NWBFile.Limits = NWBFile.Limits()
  ) throws(SpikingError) {
    let path = location.locationPath
    switch Paths.pathExtension(path) {
    case "npy": self = .binned(try BinnedSpikes(contentsOf: path, dt: dt))
    case "npz":
      let archive = try NumPyArchive(contentsOf: path)
      if archive.names.contains("time") {
        self = .timed(try RecordingFile.times(archive))
      } else if archive.names.contains("bin") {
        self = .binned(try BinnedSpikesFile.events(archive))
      } else {
        throw SpikingError(
          .invalidData, path, found: ArchiveKind.description(archive.names),
          expected: "spikes, an array time or bin among them")
      }
    case "nwb": self = .timed(try NWBFile(path, limits: limits).units())
    default:
      // A file that is not there says so.
      _ = try InputFile.read(path)
      throw SpikingError(
        .invalidData, path, found: "extension \(Paths.pathExtension(path).debugDescription)",
        expected: "npz (events or times), npy (dense counts) or nwb (units)")
    }
  }

  /// Writes a file: of spikes in bins as `BinnedSpikes.write(to:)`, of times as `SpikeTrains.write(to:)`.
  ///
  /// - Throws: as these.
  public func write(to location: some FileLocation) throws(SpikingError) {
    switch self {
    case .binned(let spikes): try spikes.write(to: location)
    case .timed(let trains): try trains.write(to: location)
    }
  }
}

extension SpikeTrains {
  /// The spikes of a file by neuron; those in bins at the times at which their bins start.
  ///
  /// - Throws: as `RecordedSpikes(contentsOf:)`, whose parameters these are.
  public init(
    contentsOf location: some FileLocation, dt: Double = 1,
    limits: NWBFile.Limits = NWBFile.Limits()
  ) throws(SpikingError) {
    self = try RecordedSpikes(contentsOf: location, dt: dt, limits: limits).spikeTrains
  }

  /// Writes a `.npz` of times, neuron by neuron.
  ///
  /// - Throws: `unwritableFile`.
  public func write(to location: some FileLocation) throws(SpikingError) {
    var neurons: [UInt32] = []
    neurons.reserveCapacity(times.count)
    for neuron in 0..<neuronCount {
      neurons.append(
        contentsOf: repeatElement(
          UInt32(truncatingIfNeeded: neuron), count: self[neuron].count))
    }
    var arrays = [
      ("neuron", NumPyArray(neurons)),
      ("time", NumPyArray(times)),
      ("neurons", NumPyArray(scalar: neuronCount)),
      ("start", NumPyArray(scalar: start)),
      ("stop", NumPyArray(scalar: stop)),
      ("version", NumPyArray(scalar: spikingVersion)),
    ]
    let stretches = observations.joined()
    if !observations.isEmpty {
      let edges = stretches.flatMap { [$0.lowerBound, $0.upperBound] }
      var end = 0
      let ends = observations.map { stretches in
        end += stretches.count
        return end
      }
      arrays.append(("obs_intervals", NumPyArray(edges, shape: [edges.count / 2, 2])))
      arrays.append(("obs_intervals_index", NumPyArray(ends)))
    }
    try NumPyArchive.write(arrays, to: location)
  }
}

/// Recordings as files: events or times (`.npz`), dense counts (`.npy`), or units (`.nwb`), which are
/// only read.
///
/// Times are the arrays `neuron` uint32 [E] and `time` float64 [E] (ms), and the scalars `neurons`
/// int64, `start` and `stop` float64 (ms); where neurons were not observed throughout also
/// `obs_intervals` float64 [K, 2] (ms), neuron by neuron, and `obs_intervals_index` int64 [neurons], where
/// those of each end. `BinnedSpikesFile` describes events and counts, `NWBFile`
/// units.
enum RecordingFile {
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
    guard archive.names.contains("obs_intervals") else { return [] }
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
    for neuron in 0..<neuronCount {
      let range = sort.offsets[neuron]..<sort.offsets[neuron + 1]
      let train = sorted[range]
      if zip(train, train.dropFirst()).contains(where: { $0 > $1 }) {
        sorted[range].sort()
      }
    }
    return (sorted, sort.offsets)
  }
}

extension RecordedSpikes: CustomStringConvertible {
  /// That of the spikes in bins, or at times.
  public var description: String {
    switch self {
    case .binned(let spikes): spikes.description
    case .timed(let trains): trains.description
    }
  }
}
