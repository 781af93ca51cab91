public import SpikingFiles
public import SpikingFramework

/// Runs that were stopped, as files: the events of the bins so far (`.npz`), and beside them what it
/// takes to resume.
///
/// The arrays beside those of `BinnedSpikesFile` are the scalars `checkpoint_format` and
/// `checkpoint_bin` int64, the first bin that was not simulated; `checkpoint_fingerprint` uint64 [3],
/// those of model, networks and stimuli; `checkpoint_memory` uint8 [B], what all
/// networks remember, one after the other, and `checkpoint_memory_offsets` int64 [networks + 1].
extension Checkpoint {
  private static let format = 1

  /// Writes the checkpoint, with the spikes that `writer` was given so far.
  ///
  /// - Throws: `unwritableFile`.
  public func write(
    to location: some FileLocation, spikes writer: inout BinnedSpikesWriter
  ) throws(SpikingError) {
    let offsets = memories.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    try writer.save(
      binCount: max(bin, 0),
      adding: [
        ("checkpoint_format", NumPyArray(scalar: Self.format)),
        ("checkpoint_bin", NumPyArray(scalar: bin)),
        (
          "checkpoint_fingerprint",
          NumPyArray([fingerprint.model, fingerprint.networks, fingerprint.stimuli])
        ),
        ("checkpoint_memory", NumPyArray(Array(memories.joined()))),
        ("checkpoint_memory_offsets", NumPyArray(offsets)),
      ], to: location.locationPath)
  }

  /// The checkpoint of a file; its spikes are for `BinnedSpikesWriter.append(contentsOf:)`.
  ///
  /// - Throws: `unreadableFile`, or `invalidData` naming the file, the array and the value.
  public init(contentsOf location: some FileLocation) throws(SpikingError) {
    let path = location.locationPath
    let archive = try NumPyArchive(contentsOf: path)
    guard archive.names.contains("checkpoint_format") else {
      throw SpikingError(
        .invalidData, path, found: "the arrays \(archive.names.joined(separator: ", "))",
        expected: "a checkpoint, with an array checkpoint_format")
    }
    func expect(
      _ name: String, _ found: some Any, _ isRight: Bool, _ expected: String
    ) throws(SpikingError) {
      if isRight { return }
      throw SpikingError(.invalidData, "\(path): \(name)", found: found, expected: expected)
    }
    let format = try archive.scalar("checkpoint_format", as: Int.self)
    try expect("checkpoint_format", format, format == Self.format, "\(Self.format)")
    let bin = try archive.scalar("checkpoint_bin", as: Int.self)
    let binCount = try archive.scalar("bins", as: Int.self)
    try expect("checkpoint_bin", bin, max(bin, 0) == binCount, "\(binCount), as in bins")
    let parts = try archive.column("checkpoint_fingerprint", as: UInt64.self)
    try expect("checkpoint_fingerprint", parts.count, parts.count == 3, "3 numbers")
    let memory = try archive.column("checkpoint_memory", as: UInt8.self)
    let offsets = try archive.column("checkpoint_memory_offsets", as: Int.self)
    try expect(
      "checkpoint_memory_offsets", offsets,
      offsets.first == 0 && offsets.last == memory.count
        && zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 },
      "ascending from 0 to \(memory.count)")
    self.init(
      bin: bin, seed: try archive.scalar("seed", as: UInt64.self),
      fingerprint: RunFingerprint(model: parts[0], networks: parts[1], stimuli: parts[2]),
      memories: zip(offsets, offsets.dropFirst()).map { Array(memory[$0..<$1]) })
  }
}
