public import SpikingFiles
public import SpikingFramework
public import SpikingRecordings

extension Recording {
  /// The recording of a file or a folder, whose kind its name and contents tell:
  ///
  /// | file | holds |
  /// | --- | --- |
  /// | `.nwb` | a session (`NWBFile`) |
  /// | `.npz` | times, or events in bins, of this package; times and units of others (`FlatArchive`) |
  /// | `.npy` | dense counts [neurons, bins] |
  /// | `.mat` | vectors of times (`MATLABFile`); `FILE.mat:VARIABLE` says which |
  /// | `.csv`, `.tsv`, `.txt` | a table of times and units (`SpikeTable`) |
  /// | a folder | what a sorter writes (`SorterFolder`), or a file of times for each unit |
  ///
  /// - Throws: `unreadableFile`, or `invalidData` naming the file, the field and the value.
  public init(
    contentsOf location: some FileLocation, settings: ReadingSettings = ReadingSettings()
  ) throws(SpikingError) {
    let (path, variable) = MATLABFile.fileAndVariable(location.locationPath)
    var settings = settings
    settings.variable = variable ?? settings.variable
    // What is called like a file and is a folder is refused as such.
    if Paths.isFolder(path), !["npy", "npz", "nwb", "mat"].contains(Paths.pathExtension(path)) {
      self =
        try SorterFolder.isOne(path)
        ? SorterFolder.recording(path, settings)
        : UnitFolder.recording(path, settings)
      return
    }
    switch Paths.pathExtension(path) {
    case "npy":
      self.init(try BinnedSpikes(contentsOf: path, dt: settings.dt), source: path)
    case "npz": self = try RecordingArchive.recording(path, settings)
    case "nwb": self = try NWBFile(path, limits: settings.limits).recording()
    case "mat":
      self = try MATLABFile(path, limits: settings.limits).recording(settings)
    case "csv", "tsv", "txt": self = try SpikeTable.recording(path, settings)
    default:
      // A file that is not there says so.
      try InputFile.check(path)
      throw SpikingError(
        .invalidData, path, found: "extension \(Paths.pathExtension(path).debugDescription)",
        expected: Self.expectedFiles)
    }
  }

  private static var expectedFiles: String {
    "npz (events or times), npy (dense counts), nwb (units), mat, or csv, tsv, txt (a table of times)"
  }

  /// Writes the recording: `.npz` and `.nwb`, all of it; `.npy`, dense counts of spikes in bins; `.mat`, spikes and the table of
  /// units; `.csv`, `.tsv` or `.txt`, a table of times and units.
  ///
  /// - Returns: what the file does not hold of the recording, in words; nothing where it holds all.
  /// - Throws: `unwritableFile`, also for another extension, and where dense counts are asked for of times.
  @discardableResult
  public func write(to location: some FileLocation) throws(SpikingError) -> [String] {
    let path = location.locationPath
    switch Paths.pathExtension(path) {
    case "npz":
      guard let bins else { return try RecordingArchive.write(self, to: path) }
      try bins.write(to: path)
    case "npy":
      guard let bins else {
        throw SpikingError(
          .unwritableFile, path, found: "times", expected: "spikes in bins for .npy, or .npz")
      }
      try bins.write(to: path)
    case "nwb":
      let unreadable = try NWBWriter.write(self, to: path)
      // An annotation is at a time.
      let empty = events.filter(\.times.isEmpty).map(\.name)
      return unreadable.map { "a series: \($0)" }
        + (empty.isEmpty
          ? [] : ["the events \(empty.joined(separator: ", ")), which have no times"])
        + (bins.map { ["that the spikes were counted in bins of \($0.dt) ms"] } ?? [])
    case "mat": try MATLABFile.write(self, to: path)
    case "csv", "tsv", "txt": try SpikeTable.write(self, to: path)
    default:
      throw SpikingError(
        .unwritableFile, path,
        found: "extension \(Paths.pathExtension(path).debugDescription)",
        expected: "npz, nwb, mat, csv, tsv or txt, or npy of spikes in bins")
    }
    return whatIsLost(in: Paths.pathExtension(path))
  }

  /// What a file with this extension does not hold.
  private func whatIsLost(in kind: String) -> [String] {
    if let bins {
      guard kind != "npz" else { return [] }
      var lost = ["that a bin has \(bins.dt) ms\(kind == "npy" ? " (--dt)" : "")"]
      if bins.networkCount > 1 { lost.append("where its \(bins.networkCount) networks begin") }
      if let seed = bins.seed { lost.append("the seed \(seed)") }
      return lost
    }
    let isTable = kind != "mat"
    var lost: [String] = []
    if isTable, !spikes.observations.isEmpty { lost.append("when each unit was observed") }
    if isTable, !units.columns.isEmpty { lost.append("the table of units") }
    if !intervals.isEmpty {
      lost.append("intervals \(intervals.map(\.name).joined(separator: ", "))")
    }
    if !events.isEmpty { lost.append("events") }
    if !series.isEmpty { lost.append("\(series.count) time series") }
    if isTable { lost.append("when the recording begins and ends") }
    return lost
  }
}

extension SpikeTrains {
  /// The spikes of a recording by neuron; those in bins at the times at which their bins start.
  ///
  /// - Throws: as `Recording(contentsOf:)`; `invalidData` where there are no units.
  public init(
    contentsOf location: some FileLocation, settings: ReadingSettings = ReadingSettings()
  ) throws(SpikingError) {
    let recording = try Recording(contentsOf: location, settings: settings)
    guard recording.unitCount > 0 else {
      throw SpikingError(
        .invalidData, recording.source, found: "no units", expected: "at least one")
    }
    self = recording.spikes
  }

  /// Writes the spikes as `Recording.write(to:)` writes them.
  ///
  /// - Throws: as there.
  public func write(to location: some FileLocation) throws(SpikingError) {
    try Recording(self).write(to: location)
  }
}
