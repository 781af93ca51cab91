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
      "Which variable is read of a file of MATLAB, as in FILE.mat:NAME.", valueName: "NAME"))
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

  /// The path with the variable of `--variable`, "FILE.mat:VARIABLE", which says the same.
  ///
  /// - Throws: `wrongCommandLine` where the file has no variables, or the path names another.
  func located(_ path: String) throws(SpikingError) -> String {
    guard let variable else { return path }
    let (file, named) = MATLABFile.fileAndVariable(path)
    if named == variable { return path }
    guard Paths.pathExtension(file) == "mat", named == nil else {
      throw SpikingError(
        .wrongCommandLine, "--variable", found: "\(variable) of \(path)",
        expected: named == nil ? "a file of MATLAB (.mat): no other has variables" : "one of both")
    }
    return "\(path):\(variable)"
  }

  /// The recording of a file.
  ///
  /// - Throws: as `Recording(contentsOf:settings:)`; `invalidData` where it is odd, and is not to be (`--strict`).
  func recording(of path: String) throws(SpikingError) -> Recording {
    var recording = try Recording(
      contentsOf: located(path),
      settings: ReadingSettings(dt: dt ?? 1, timeUnit: timeUnit, limits: limits))
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
