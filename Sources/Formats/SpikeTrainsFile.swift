internal import Foundation
public import SpikingFramework

/// Spikes in bins as files: events (`.npz`) or dense counts (`.npy`).
///
/// Events are the arrays `neuron` uint32 [E], `bin` uint64 [E] (sorted by bin, then neuron),
/// `count` uint16 [E], and the scalars `neurons` and `bins` int64, `dt` float64 (ms) and `seed`
/// uint64, with `network_offsets` int64 [networks + 1], the first neuron of each network. Dense
/// counts are one array uint8 [neurons, bins], which forgets the networks, the width of a bin and
/// the seed.
public enum SpikeTrainsFile {
  /// The spikes of a file.
  ///
  /// - Parameters:
  ///   - path: a `.npz` of events, or a `.npy` of dense counts of any whole type.
  ///   - dt: the width of a bin of dense counts, in ms; events bring their own.
  /// - Throws: `unreadableFile`, or `invalidData` naming the file, the array and the value.
  /// - Complexity: memory for the largest array beside the spikes.
  public static func load(_ path: String, dt: Double = 1) throws(SpikingError) -> SpikeTrains {
    switch InputFile.pathExtension(path) {
    case "npz": return try events(NumPyArchive(path))
    case "npy": return try DenseSpikes.trains(NumPyArray(contentsOf: path), dt: dt)
    default: throw try wrongExtension(path)
    }
  }

  /// Writes spikes: events where `path` ends in `.npz`, dense counts where it ends in `.npy`.
  ///
  /// - Throws: `unwritableFile`; `invalidData` for another extension, or where a neuron fires more
  ///   than 255 times in a bin, which dense counts cannot hold.
  /// - Complexity: O(events), dense counts O(neurons × bins); memory O(events) for either.
  public static func save(_ trains: SpikeTrains, to path: String) throws(SpikingError) {
    switch InputFile.pathExtension(path) {
    case "npz":
      let counts =
        trains.counts.isEmpty ? [UInt16](repeating: 1, count: trains.eventCount) : trains.counts
      var arrays = [
        ("neuron", NumPyArray(trains.neurons)),
        ("bin", NumPyArray(trains.bins.map { UInt64($0) })),
        ("count", NumPyArray(counts)),
        ("neurons", NumPyArray(scalar: trains.neuronCount)),
        ("bins", NumPyArray(scalar: trains.binCount)),
        ("dt", NumPyArray(scalar: trains.dt)),
        ("network_offsets", NumPyArray(trains.networkOffsets)),
      ]
      // Spikes that were not simulated have no seed, and none is made up.
      if let seed = trains.seed { arrays.append(("seed", NumPyArray(scalar: seed))) }
      try NumPyArchive.write(arrays, to: path)
    case "npy": try DenseSpikes.write(trains, to: path)
    default: throw extensionError(path)
    }
  }

  /// The events of an archive.
  static func events(_ archive: borrowing NumPyArchive) throws(SpikingError) -> SpikeTrains {
    let neurons = try archive.column("neuron", as: UInt32.self)
    let bins = try archive.column("bin", as: UInt32.self)
    let counts = try archive.column("count", as: UInt16.self)
    let offsets = try archive.column("network_offsets", as: Int.self)
    let neuronCount = try RecordingFile.neuronCount(archive)
    guard offsets.last == neuronCount else {
      throw SpikingError(
        .invalidData, "\(archive.path): network_offsets", found: offsets,
        expected: "an end at \(neuronCount), the number of neurons")
    }
    let binCount = try archive.scalar("bins", as: Int.self)
    let dt = try archive.scalar("dt")
    var seed: UInt64?
    if archive.names.contains("seed") { seed = try archive.scalar("seed", as: UInt64.self) }
    do {
      return try SpikeTrains(
        neurons: neurons, bins: bins, counts: counts, binCount: binCount, dt: dt,
        networkOffsets: offsets, seed: seed)
    } catch {
      throw error.within(archive.path)
    }
  }

  /// The error of an unknown extension, once it is sure that the file can be read.
  static func wrongExtension(_ path: String) throws(SpikingError) -> SpikingError {
    _ = try InputFile.read(path)
    return extensionError(path)
  }

  private static func extensionError(_ path: String) -> SpikingError {
    SpikingError(
      .invalidData, path, found: "extension \(InputFile.pathExtension(path).debugDescription)",
      expected: "npz (events) or npy (dense counts)")
  }
}
