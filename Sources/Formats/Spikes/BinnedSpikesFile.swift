internal import Foundation
public import SpikingFiles
public import SpikingFramework

extension BinnedSpikes {
  /// The spikes of a file.
  ///
  /// - Parameters:
  ///   - location: a `.npz` of events, or a `.npy` of dense counts of any whole type.
  ///   - dt: the width of a bin of dense counts, in ms; events bring their own.
  /// - Throws: `unreadableFile`, or `invalidData` naming the file, the array and the value.
  /// - Complexity: O(events), dense counts O(neurons × bins); memory for the spikes, and for an array
  ///   of dense counts.
  public init(contentsOf location: some FileLocation, dt: Double = 1) throws(SpikingError) {
    let path = location.locationPath
    switch Paths.pathExtension(path) {
    case "npz": self = try BinnedSpikesFile.events(NumPyArchive(contentsOf: path))
    case "npy": self = try DenseSpikes.trains(NumPyArray(contentsOf: path), dt: dt)
    default: throw try BinnedSpikesFile.wrongExtension(path)
    }
  }

  /// Writes events where the location ends in `.npz`, dense counts where it ends in `.npy`, units where it ends in `.nwb`.
  /// `BinnedSpikesWriter` writes them while they come.
  ///
  /// - Throws: `unwritableFile`; `invalidData` for another extension, or where a neuron fires more
  ///   than 255 times in a bin, which dense counts cannot hold.
  /// - Complexity: O(events), dense counts O(neurons × bins); memory O(events) for either.
  public func write(to location: some FileLocation) throws(SpikingError) {
    var writer = try BinnedSpikesWriter(
      location.locationPath, dt: dt, networkOffsets: networkOffsets, seed: seed)
    try writer.append(self)
    try writer.finish(binCount: binCount)
  }
}

/// Spikes in bins as files: events (`.npz`) or dense counts (`.npy`).
///
/// Events are the arrays `neuron` uint32 [E], `bin` uint64 [E] (sorted by bin, then neuron),
/// `count` uint16 [E], and the scalars `neurons` and `bins` int64, `dt` float64 (ms) and `seed`
/// uint64, with `network_offsets` int64 [networks + 1], the first neuron of each network, and
/// `version`, that of the package that wrote the file, which is not read. Dense counts are one array
/// uint8 [neurons, bins], which forgets the networks, the width of a bin and the seed.
enum BinnedSpikesFile {
  /// The events of an archive.
  static func events(_ archive: consuming NumPyArchive) throws(SpikingError) -> BinnedSpikes {
    let path = archive.path
    var reader = try BinnedSpikesReader(archive)
    var events = SpikeColumns()
    while let block = try reader.next() {
      // Checked as it comes: what is no spikes may be long.
      _ = try SpikingError.within(
        events.count == 0 ? path : "\(path): from element \(events.count)",
        block.spikes(of: reader.run, binCount: reader.run.binCount))
      if events.count == 0 { events.reserveCapacity(reader.eventCount) }
      events.append(block)
    }
    return try SpikingError.within(
      path, events.spikes(of: reader.run, binCount: reader.run.binCount))
  }

  /// The error of an unknown extension, once it is sure that the file can be read.
  static func wrongExtension(_ path: String) throws(SpikingError) -> SpikingError {
    try InputFile.check(path)
    return extensionError(path)
  }

  static func extensionError(
    _ path: String, expected: String = "npz (events) or npy (dense counts)"
  ) -> SpikingError {
    SpikingError(
      .invalidData, path, found: "extension \(Paths.pathExtension(path).debugDescription)",
      expected: expected)
  }
}
