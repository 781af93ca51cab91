internal import SpikingFiles
internal import SpikingFramework
internal import SpikingRecordings

/// A folder of files of spike times, one for each unit, which is named after its file: `.npy`, or a column of text.
enum UnitFolder {
  private static let extensions = ["npy"] + DelimitedText.extensions

  static func recording(
    _ path: String, _ settings: ReadingSettings
  ) throws(SpikingError) -> Recording {
    let files = try Paths.names(inFolder: path).filter {
      extensions.contains(Paths.pathExtension($0))
    }
    guard !files.isEmpty else {
      throw SpikingError(
        .invalidData, path, found: "a folder without files of spikes",
        expected: "spike_times.npy of a sorter, or a file of times for each unit")
    }
    guard let unit = settings.timeUnit else {
      throw SpikingError(
        .invalidData, path, found: "no unit of time",
        expected: "--time-unit s, ms, us or samples:RATE")
    }
    let names = files.map(Paths.stem)
    let isUnique = Set(names).count == names.count
    var spikes: [Double] = []
    var units = UnitNumbers()
    for (name, file) in zip(isUnique ? names : files, files) {
      let times = try times("\(path)/\(file)", in: unit)
      spikes += times
      try SpikingError.within(path, try units.append(name, count: times.count))
    }
    return try SpikingError.within(
      path, ColumnRecording(times: spikes, units: units).recording(source: path, notices: []))
  }

  /// The times of a file in ms.
  private static func times(_ path: String, in unit: TimeUnit) throws(SpikingError) -> [Double] {
    if Paths.pathExtension(path) == "npy" {
      return try NumPyArray(contentsOf: path).column().times(in: unit)
    }
    // A silent unit has a file without a line.
    if try isBlank(path) { return [] }
    var times: [Double] = []
    do throws(SpikingError) {
      try DelimitedText(contentsOf: path).forEachRow { (row) throws(SpikingError) in
        guard row.count == 1, let number = row.number(0),
          case let time = number * unit.milliseconds, time.isFinite
        else {
          throw SpikingError(
            .invalidData, "line \(row.line)", found: row.text(0).debugDescription,
            expected: "one time")
        }
        times.append(time)
      }
    } catch {
      throw error.ofTable(path)
    }
    return times
  }

  private static func isBlank(_ path: String) throws(SpikingError) -> Bool {
    var lines = try TextLines(path)
    while try lines.next() {
      if lines.bytes[lines.line].contains(where: { !($0 == 32 || 9...13 ~= $0) }) { return false }
    }
    return true
  }
}
