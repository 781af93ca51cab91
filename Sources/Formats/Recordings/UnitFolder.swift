internal import SpikingFiles
internal import SpikingFramework
internal import SpikingRecordings

/// A folder of files of spike times, one for each unit, which is named after its file: `.npy`, or a column of text.
enum UnitFolder {
  private static let extensions = ["npy", "csv", "tsv", "txt"]

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
    var trains: [[Double]] = []
    for file in files {
      trains.append(try times("\(path)/\(file)").map { $0 * unit.milliseconds })
    }
    let names = files.map(Paths.stem)
    let isUnique = Set(names).count == names.count
    return try SpikingError.within(
      path,
      ColumnRecording(
        times: trains.flatMap(\.self),
        neurons: trains.enumerated().flatMap { number, train in
          repeatElement(UInt32(number), count: train.count)
        }, names: isUnique ? names : files
      ).recording(source: path, notices: []))
  }

  private static func times(_ path: String) throws(SpikingError) -> [Double] {
    if Paths.pathExtension(path) == "npy" {
      return try NumPyArray(contentsOf: path).column().doubles().requiringFinite(path)
    }
    let file = try InputFile.read(path)
    // A silent unit has a file without a line.
    guard file.contains(where: { !($0 == 32 || 9...13 ~= $0) }) else { return [] }
    let text = try SpikingError.within(path, DelimitedText(file))
    var times: [Double] = []
    do throws(SpikingError) {
      try text.forEachRow { (line, cells) throws(SpikingError) in
        guard cells.count == 1, let time = text.number(cells[0]), time.isFinite else {
          throw SpikingError(
            .invalidData, "line \(line)", found: text.text(cells[0]).debugDescription,
            expected: "one time")
        }
        times.append(time)
      }
    } catch {
      throw error.within(path)
    }
    return times
  }
}

extension [Double] {
  /// - Throws: `invalidData` for the first that is no number.
  fileprivate func requiringFinite(_ source: String) throws(SpikingError) -> [Double] {
    if let index = firstIndex(where: { !$0.isFinite }) {
      throw SpikingError(
        .invalidData, "\(source): data[\(index)]", found: self[index], expected: "a time")
    }
    return self
  }
}

extension NumPyArray {
  /// The same array, all of whose dimensions but one are 1, as MATLAB's vectors have them.
  ///
  /// - Throws: `invalidData` for another shape.
  func column() throws(SpikingError) -> NumPyArray {
    guard shape.count(where: { $0 != 1 }) <= 1 else {
      throw error("shape", found: NumPyHeader.text(shape), expected: "one dimension")
    }
    return self
  }
}
