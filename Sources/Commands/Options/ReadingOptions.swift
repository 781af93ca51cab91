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
    help: ArgumentHelp(
      "The unit of times in a table or a folder: s, ms, us, or samples:RATE. [default: what the file says]",
      valueName: "UNIT"), transform: told(TimeUnit.init))
  var timeUnit: TimeUnit?
  @Option(
    help: ArgumentHelp(
      "Which variable the spikes are, of a file that has several.", valueName: "NAME"))
  var variable: String?
  @Option(
    help: ArgumentHelp(
      """
      A table of text beside the recording, with names in its first line: intervals (columns start and stop), time series \
      (time and numbers) or events (time, and perhaps a text). May be repeated.
      """, valueName: "FILE.csv"), completion: .file(extensions: ["csv", "tsv", "txt"]))
  var table: [String] = []
  @Flag(help: "Refuse a recording with anything odd that spiking info lists.")
  var strict = false
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

  /// The recording of a file.
  ///
  /// - Throws: as `Recording(contentsOf:settings:)`; `invalidData` where it is odd, and is not to be (`--strict`).
  func recording(of path: String) throws(SpikingError) -> Recording {
    var recording = try Recording(
      contentsOf: path,
      settings: ReadingSettings(
        dt: dt ?? 1, timeUnit: timeUnit, variable: variable, limits: limits))
    for file in table { try recording.addTable(contentsOf: file, timeUnit: timeUnit) }
    if strict, case let found = try recording.irregularities(), let first = found.first {
      throw SpikingError(
        .invalidData, "\(path): --strict",
        found: "\(counted(found.count, "irregularity", "irregularities")), the first \(first)",
        expected: "none; spiking info lists all")
    }
    return recording
  }

  var limits: NWBFile.Limits {
    largestDataset.map { NWBFile.Limits(values: $0) } ?? NWBFile.Limits()
  }
}
