internal import ArgumentParser
internal import Spiking

/// What reading a file may take.
struct ReadingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Read datasets of an NWB file of up to this many numbers, whatever the file holds of them. \
      [default: 4194304, or 16 times what is stored]
      """, valueName: "N"), transform: NumberText.whole)
  var largestDataset: Int?

  func validate() throws {
    if let largestDataset { try requirePositive(largestDataset, "largest-dataset") }
  }

  var limits: NWBFile.Limits {
    largestDataset.map { NWBFile.Limits(values: $0) } ?? NWBFile.Limits()
  }
}
