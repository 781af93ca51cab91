internal import Foundation
internal import SpikingFramework

/// The columns of spike events as they grow in hidden files, which become the entries of an archive, or the
/// units of an NWB file.
struct EventFiles: ~Copyable {
  private var neurons: ColumnFile<UInt32>
  private var bins: ColumnFile<UInt64>
  private var counts: ColumnFile<UInt16>

  /// How many events are converted at a time.
  private static let blockLength = 1 << 16

  /// - Throws: `unwritableFile` where nothing can be written at `path`.
  init(beside path: String) throws(SpikingError) {
    let neurons = try ColumnFile<UInt32>(beside: path)
    let bins = try ColumnFile<UInt64>(beside: path)
    let counts = try ColumnFile<UInt16>(beside: path)
    self.neurons = neurons
    self.bins = bins
    self.counts = counts
  }

  /// Adds the events of `piece`, or none of them.
  ///
  /// - Throws: `unwritableFile`, as when the disk is full.
  mutating func append(_ piece: BinnedSpikes) throws(SpikingError) {
    let count = neurons.count
    do {
      try add(piece)
    } catch {
      neurons.truncate(to: count)
      bins.truncate(to: count)
      counts.truncate(to: count)
      throw error
    }
  }

  /// Adds these events to others.
  ///
  /// - Throws: `unwritableFile`, or `unreadableFile`.
  func copy(to other: inout EventFiles) throws(SpikingError) {
    try neurons.copy(to: &other.neurons)
    try bins.copy(to: &other.bins)
    try counts.copy(to: &other.counts)
  }

  private mutating func add(_ piece: BinnedSpikes) throws(SpikingError) {
    try neurons.append(piece.neurons)
    for start in stride(from: 0, to: piece.eventCount, by: Self.blockLength) {
      let block = start..<min(start + Self.blockLength, piece.eventCount)
      try bins.append(piece.bins[block].map { UInt64($0) })
      if piece.counts.isEmpty { try counts.append([UInt16](repeating: 1, count: block.count)) }
    }
    try counts.append(piece.counts)
  }

  /// Where the columns of all events stand.
  typealias Places = (neurons: String, bins: String, counts: String)

  /// Makes the files whole, so that others can read them.
  ///
  /// - Throws: `unwritableFile`, as when the disk is full: `copy` can still read all events.
  mutating func complete() throws(SpikingError) -> Places {
    (try neurons.complete(), try bins.complete(), try counts.complete())
  }

  /// Makes the archive of the events so far at `path`.
  ///
  /// - Parameters:
  ///   - run: what the events are of; its own are left out.
  ///   - arrays: more arrays, with other names.
  /// - Throws: `unwritableFile`.
  mutating func write(
    _ run: BinnedSpikes, binCount: Int, adding arrays: [(name: String, array: NumPyArray)],
    to path: String
  ) throws(SpikingError) {
    let places = try complete()
    let columns = [
      ("neuron", places.neurons), ("bin", places.bins), ("count", places.counts),
    ]
    var others = [
      ("neurons", NumPyArray(scalar: run.neuronCount)),
      ("bins", NumPyArray(scalar: binCount)),
      ("dt", NumPyArray(scalar: run.dt)),
      ("network_offsets", NumPyArray(run.networkOffsets)),
    ]
    // Spikes that were not simulated have no seed, and none is made up.
    if let seed = run.seed { others.append(("seed", NumPyArray(scalar: seed))) }
    others.append(("version", NumPyArray(scalar: spikingVersion)))
    try NumPyArchive.write(
      columns.map { ($0, .file($1)) } + (others + arrays).map { ($0, .parts($1.parts)) }, to: path)
  }
}
