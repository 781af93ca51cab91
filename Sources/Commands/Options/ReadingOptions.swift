internal import ArgumentParser
internal import Spiking

/// What reading a file may take.
struct ReadingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The width of a bin of dense counts (.npy), in ms. [default: 1]", valueName: "MS"),
    transform: NumberText.real)
  var dt: Double?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Read datasets of an NWB file of up to this many numbers, whatever the file holds of them. \
      [default: 4194304, or 16 times what is stored]
      """, valueName: "N"), transform: NumberText.whole)
  var largestDataset: Int?

  func validate() throws {
    if let dt { try requirePositive(dt, "dt") }
    if let largestDataset { try requirePositive(largestDataset, "largest-dataset") }
  }

  /// The spikes of a file.
  ///
  /// - Throws: as `RecordedSpikes(contentsOf:)`.
  func spikes(of path: String) throws(SpikingError) -> RecordedSpikes {
    try RecordedSpikes(contentsOf: path, dt: dt ?? 1, limits: limits)
  }

  var limits: NWBFile.Limits {
    largestDataset.map { NWBFile.Limits(values: $0) } ?? NWBFile.Limits()
  }
}
