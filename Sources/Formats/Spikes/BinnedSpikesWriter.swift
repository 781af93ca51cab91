internal import Foundation
internal import SpikingFiles
public import SpikingFramework

/// Spikes that go to a file as they come, so that a long run takes no more memory than a piece of it.
///
/// Events (`.npz`) grow in hidden files in the destination's folder, from which `finish` makes the
/// archive: the disk needs room for twice the output. So do those of which `finish` makes the units of an NWB file (`.nwb`), each
/// with its spikes at the beginnings of their bins. Dense counts (`.npy`) are known only at the
/// end; their events stay in memory. When the value goes away before it is finished, the hidden
/// files are removed and the destination stays as it was. When the disk is full no event is lost:
/// `save` can still write all of them to another disk.
///
/// ```swift
/// var writer = try BinnedSpikesWriter("spikes.npz", dt: 1, networkOffsets: [0, 50], seed: 7)
/// for piece in pieces { try writer.append(piece) }
/// try writer.finish(binCount: 100_000)
/// ```
public struct BinnedSpikesWriter: ~Copyable {
  /// The destination, as it was given.
  public let path: String
  /// What the events are of; its own are none.
  private let run: BinnedSpikes
  private var last: (bin: UInt32, neuron: UInt32)?
  /// The number of spikes so far.
  public private(set) var spikeCount = 0
  /// The events of a `.npz`.
  private var files: EventFiles?
  /// Whether these become the units of a `.nwb`, and the command that simulates them.
  private let isForUnits: Bool
  private let command: String?
  /// The file and the events of a `.npy`.
  private var dense: OutputFile?
  private var events = SpikeColumns()
  /// What found no room on the disk.
  private var unwritten: BinnedSpikes?
  /// Why; nothing is added after that.
  private var failure: SpikingError?
  /// Room for what is not events in a checkpoint.
  private var reservation: Reservation?

  /// Spikes that are to appear at `path`, of which there are none yet.
  ///
  /// - Parameters:
  ///   - path: ends in `.npz` (events), `.npy` (dense counts) or `.nwb` (units).
  ///   - dt: the width of a bin in ms.
  ///   - networkOffsets: the first neuron of each network, and the number of neurons.
  ///   - seed: the seed of the run; nil for spikes that were not simulated.
  ///   - command: what simulates them, which a `.nwb` names as its source.
  /// - Throws: `unwritableFile` where nothing can be written there, and for a `.nwb` where the package was built
  ///   without HDF5; `invalidData` for another extension, or where `dt` or `networkOffsets` cannot be those of spikes.
  public init(
    _ path: String, dt: Double, networkOffsets: [Int], seed: UInt64?, command: String? = nil
  ) throws(SpikingError) {
    let run = try BinnedSpikes(
      neurons: [], bins: [], binCount: 0, dt: dt, networkOffsets: networkOffsets, seed: seed)
    var files: EventFiles?
    var dense: OutputFile?
    switch Paths.pathExtension(path) {
    case "npz": files = try EventFiles(beside: path)
    case "nwb":
      try HDF5Writer.requireLibrary(path)
      files = try EventFiles(beside: path)
    case "npy": dense = try OutputFile(path)
    default:
      throw BinnedSpikesFile.extensionError(
        path, expected: "npz (events), npy (dense counts) or nwb (units)")
    }
    isForUnits = Paths.pathExtension(path) == "nwb"
    self.command = command
    self.path = path
    self.run = run
    self.files = files
    self.dense = dense
  }

  /// Adds the events of `piece`, spikes of the same neurons in the same bins, whatever its seed and
  /// its number of bins.
  ///
  /// - Throws: `invalidData` where the networks or the width of a bin differ, or where the events do
  ///   not follow those before in order of bin, then neuron; `unwritableFile`, as when the disk is
  ///   full, and then again: the piece is kept for `save`, and nothing follows it.
  /// - Complexity: O(events of the piece).
  public mutating func append(_ piece: BinnedSpikes) throws(SpikingError) {
    try check(piece, path)
    try add(piece)
  }

  /// Adds the events of an events file, as `append(_:)`: of what a checkpoint holds. They are read
  /// in blocks of 1 MB. In errors, elements of later blocks are counted from a start that the error
  /// names.
  ///
  /// - Throws: `unreadableFile`, or `invalidData` naming the file, the array and the value, as
  ///   `BinnedSpikes(contentsOf:)`; `invalidData` where the networks, the width of a bin or the seed
  ///   differ from those of this run, or where the events do not follow those before;
  ///   `unwritableFile`. The events before what is wrong have been added.
  public mutating func append(contentsOf path: String) throws(SpikingError) {
    var reader = try BinnedSpikesReader(NumPyArchive(contentsOf: path))
    guard reader.run.seed == run.seed else {
      throw SpikingError(
        .invalidData, "\(path): seed", found: Self.text(reader.run.seed),
        expected: Self.text(run.seed))
    }
    try check(reader.run, path)
    var start = 0
    while let block = try reader.next() {
      let place = start == 0 ? path : "\(path): from element \(start)"
      let piece = try SpikingError.within(
        place, block.spikes(of: reader.run, binCount: reader.run.binCount))
      try check(piece, place)
      try add(piece)
      start += block.count
    }
  }

  /// Lets the file appear at its destination.
  ///
  /// - Parameter binCount: the number of bins of the run.
  /// - Precondition: no event is in a later bin.
  /// - Throws: `unwritableFile`; `invalidData` where dense counts cannot hold that a neuron fires
  ///   more than 255 times in a bin.
  /// - Complexity: O(events), dense counts O(neurons × bins).
  public consuming func finish(binCount: Int) throws(SpikingError) {
    try write(binCount: binCount)
  }

  /// Writes the file at its destination, as `finish`, and keeps the events: where this throws, they can
  /// still be saved elsewhere.
  ///
  /// - Precondition: no event is in a later bin.
  /// - Throws: as `finish`.
  public mutating func write(binCount: Int) throws(SpikingError) {
    if isForUnits {
      check(binCount)
      if let failure { throw failure }
      try files?.writeUnits(run, binCount: binCount, command: command, to: path)
      return
    }
    guard dense != nil else { return try save(binCount: binCount, adding: [], to: path) }
    check(binCount)
    try DenseSpikes.write(events.spikes(of: run, binCount: binCount), to: OutputFile(path))
  }

  /// Takes room on the disk that is given back to the next `save`, so that a checkpoint has it also
  /// where the disk has filled up meanwhile.
  ///
  /// - Parameters:
  ///   - byteCount: what the checkpoint needs beside the events.
  ///   - checkpoint: where it is going to be; nil for beside the output.
  /// - Throws: `unwritableFile` where there is no room.
  public mutating func reserve(
    _ byteCount: Int, forCheckpoint checkpoint: String? = nil
  ) throws(SpikingError) {
    reservation = try Reservation(of: byteCount, beside: checkpoint ?? path)
  }

  /// Writes the spikes so far to another events file, as a checkpoint does, and goes on.
  ///
  /// - Parameters:
  ///   - binCount: the number of bins so far.
  ///   - arrays: what else the file holds.
  ///   - path: where it is written, as `.npz` whatever its name.
  /// - Precondition: no event is in a later bin, and no array has the name of another, or of one of
  ///   an events file.
  /// - Throws: `unwritableFile`.
  public mutating func save(
    binCount: Int, adding arrays: [(name: String, array: NumPyArray)], to path: String
  ) throws(SpikingError) {
    check(binCount)
    reservation = nil
    // Where the disk of the hidden files is full, they cannot be made whole; a copy of them can.
    if dense == nil, unwritten == nil, (try? files?.complete()) != nil {
      try files?.write(run, binCount: binCount, adding: arrays, to: path)
    } else {
      var copy = try EventFiles(beside: path)
      try files?.copy(to: &copy)
      try copy.append(rest(binCount))
      try copy.write(run, binCount: binCount, adding: arrays, to: path)
    }
  }
}

extension BinnedSpikesWriter {
  private func check(_ binCount: Int) {
    precondition(
      (last.map { Int($0.bin) + 1 } ?? 0)...BinnedSpikes.maximumBinCount ~= binCount,
      "the bins end before the events")
  }

  /// - Throws: `invalidData` about `subject` where `piece` is not of this run, or too early.
  private func check(_ piece: BinnedSpikes, _ subject: String) throws(SpikingError) {
    guard piece.networkOffsets == run.networkOffsets else {
      throw SpikingError(
        .invalidData, "\(subject): network_offsets", found: piece.networkOffsets,
        expected: "\(run.networkOffsets)")
    }
    guard piece.dt == run.dt else {
      throw SpikingError(
        .invalidData, "\(subject): dt", found: piece.dt, expected: "\(run.dt) ms")
    }
    guard let last, let bin = piece.bins.first, let neuron = piece.neurons.first else { return }
    guard (last.bin, last.neuron) < (bin, neuron) else {
      throw SpikingError(
        .invalidData, "\(subject): bin[0]", found: "neuron \(neuron) in bin \(bin)",
        expected: "later than neuron \(last.neuron) in bin \(last.bin)")
    }
  }

  /// The events that are in memory.
  private func rest(_ binCount: Int) throws(SpikingError) -> BinnedSpikes {
    if let unwritten { return unwritten }
    return try events.spikes(of: run, binCount: binCount)
  }

  private mutating func add(_ piece: BinnedSpikes) throws(SpikingError) {
    if let failure { throw failure }
    guard let bin = piece.bins.last, let neuron = piece.neurons.last else { return }
    last = (bin, neuron)
    spikeCount += piece.spikeCount
    guard dense == nil else { return events.append(SpikeColumns(piece)) }
    do throws(SpikingError) {
      try files?.append(piece)
    } catch {
      unwritten = piece
      failure = error
      throw error
    }
  }

  private static func text(_ seed: UInt64?) -> String { seed.map { "\($0)" } ?? "none" }
}
