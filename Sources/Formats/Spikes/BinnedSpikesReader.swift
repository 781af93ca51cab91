internal import SpikingFramework

/// An events file as it is read in blocks: memory holds one of them.
struct BinnedSpikesReader: ~Copyable {
  /// What the events are of: bins, their width, networks, seed; without the events.
  let run: BinnedSpikes
  /// The number of events.
  var eventCount: Int { neurons.count }
  private var neurons: NumPyColumn
  private var bins: NumPyColumn
  private var counts: NumPyColumn
  /// Kept open for the columns.
  private let archive: NumPyArchive

  /// 1 MB of the widest column.
  private static let blockLength = 1 << 17

  /// - Throws: `unknownName` where an array is missing, or `invalidData` naming the file, the array
  ///   and the value.
  init(_ archive: consuming NumPyArchive) throws(SpikingError) {
    let run = try Self.run(archive)
    let neurons = try archive.blocks(of: "neuron")
    let bins = try archive.blocks(of: "bin")
    let counts = try archive.blocks(of: "count")
    guard neurons.count == bins.count, neurons.count == counts.count else {
      throw SpikingError(
        .invalidData, "\(archive.path): count",
        found: "\(neurons.count) neurons, \(bins.count) bins, \(counts.count) counts",
        expected: "as many of each")
    }
    self.run = run
    self.neurons = neurons
    self.bins = bins
    self.counts = counts
    self.archive = archive
  }

  /// The next events, which nothing has validated; nil at the end.
  ///
  /// - Throws: `invalidData` where a value does not fit its column, or the archive is damaged.
  mutating func next() throws(SpikingError) -> SpikeColumns? {
    let neurons = try neurons.next(Self.blockLength).integers(as: UInt32.self)
    let bins = try bins.next(Self.blockLength).integers(as: UInt32.self)
    let counts = try counts.next(Self.blockLength).integers(as: UInt16.self)
    return neurons.isEmpty
      ? nil : SpikeColumns(neurons: neurons, bins: bins, counts: counts)
  }

  private static func run(_ archive: borrowing NumPyArchive) throws(SpikingError) -> BinnedSpikes {
    let neuronCount = try RecordingArchive.neuronCount(archive)
    let offsets = try archive.column("network_offsets", as: Int.self)
    guard offsets.last == neuronCount else {
      throw SpikingError(
        .invalidData, "\(archive.path): network_offsets", found: offsets,
        expected: "an end at \(neuronCount), the number of neurons")
    }
    let binCount = try archive.scalar("bins", as: Int.self)
    let dt = try archive.scalar("dt")
    var seed: UInt64?
    if archive.names.contains("seed") { seed = try archive.scalar("seed", as: UInt64.self) }
    return try SpikingError.within(
      archive.path,
      BinnedSpikes(
        neurons: [], bins: [], binCount: binCount, dt: dt, networkOffsets: offsets, seed: seed))
  }
}
