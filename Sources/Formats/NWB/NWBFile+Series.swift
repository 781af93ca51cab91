public import SpikingFramework
public import SpikingRecordings

extension NWBFile {
  /// The paths of all time series below `/acquisition`, `/stimulus` and `/processing`, in the order of
  /// their characters: every group of `data` with `starting_time` or `timestamps`, whatever its type.
  /// Soft links to series are left out, but may be named by their whole path; links to other files are
  /// not followed.
  ///
  /// - Throws: `invalidData` where a group cannot be read, or there are more than 200 000.
  public var seriesNames: [String] {
    get throws(SpikingError) {
      var names: [String] = []
      var visited: Set<UInt64> = []
      for group in ["/acquisition", "/processing", "/stimulus"]
      where try file.kind(of: group) == .group {
        try addSeries(in: group, depth: 1, to: &names, visited: &visited)
      }
      return names
    }
  }

  /// What a time series is, of which the data are not read.
  ///
  /// - Parameter name: as for `series(named:)`.
  /// - Throws: as `series(named:)`.
  public func description(
    ofSeries name: String
  ) throws(SpikingError) -> TimeSeriesDescription {
    let path = try path(ofSeries: name)
    let shape = try file.shape(of: "\(path)/data")
    var unit = try file.text("unit", of: "\(path)/data") ?? ""
    if unit == NWBWriter.noUnit { unit = "" }
    return TimeSeriesDescription(
      path: path, shape: shape, unit: unit, times: try times(path),
      turn: TimeSeries.turn(unit: unit, isDirection: isDirection(path, shape)))
  }

  /// A time series, in the unit that it names: data × `conversion` (× `channel_conversion`) + `offset`.
  ///
  /// - Parameter name: its name, or as much of the end of its path as tells it from others:
  ///   `sound_pressure`, `presentation/sound_pressure`, or the whole path.
  /// - Throws: `unknownName`, with the paths there are, where none or more than one fits;
  ///   `invalidData` where the data are not numbers or do not fit their times.
  /// - Complexity: O(samples × channels); memory for them.
  public func series(named name: String) throws(SpikingError) -> TimeSeries {
    let description = try description(ofSeries: name)
    let data = "\(description.path)/data"
    guard !description.shape.isEmpty else {
      throw file.failure(data, found: "one value", expected: "samples, or samples × channels")
    }
    var values = try file.reals(data).values
    let channelCount = description.channelCount
    let scales = try scales(description, channelCount: channelCount)
    let offset = try file.number("offset", of: data) ?? 0
    if offset != 0 || scales.contains(where: { $0 != 1 }) {
      for index in values.indices {
        values[index] = values[index] * scales[index % scales.count] + offset
      }
    }
    do {
      var series = try TimeSeries(
        values: values, channelCount: channelCount, times: description.times,
        unit: description.unit)
      series.turn = description.turn
      return series
    } catch {
      throw error.within("\(path): \(description.path)")
    }
  }

  /// What multiplies the data: one number, or one for each channel.
  private func scales(
    _ description: TimeSeriesDescription, channelCount: Int
  ) throws(SpikingError) -> [Double] {
    let conversion = try file.number("conversion", of: "\(description.path)/data") ?? 1
    let name = "\(description.path)/channel_conversion"
    guard try file.exists(name) else { return [conversion] }
    let factors = try file.realColumn(name)
    guard factors.count == channelCount, channelCount > 0 else {
      throw file.failure(
        name, found: "\(factors.count) numbers",
        expected: "one for each of \(channelCount) channels")
    }
    return factors.map { $0 * conversion }
  }

  /// Whether a series is a direction, as of a head: it stands in a `CompassDirection`, or is a `SpatialSeries`
  /// of one channel.
  private func isDirection(_ path: String, _ shape: [Int]) -> Bool {
    func type(_ group: String) -> String? {
      (try? file.text("neurodata_type", of: group)) ?? nil
    }
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    return type(parent) == "CompassDirection"
      || type(path) == "SpatialSeries" && shape.dropFirst().allSatisfy { $0 == 1 }
  }

  private func times(_ path: String) throws(SpikingError) -> TimeSeries.Times {
    if try file.exists("\(path)/timestamps") {
      return .stamps(
        try file.realColumn("\(path)/timestamps").map { Seconds.milliseconds($0) })
    }
    let name = "\(path)/starting_time"
    let start = try file.reals(name).values
    guard start.count == 1, (start[0] * 1000).isFinite else {
      throw file.failure(
        name, found: start.count == 1 ? "\(start[0])" : "\(start.count) numbers",
        expected: "a time in s")
    }
    let rate = try file.number("rate", of: name)
    guard let rate, rate > 0, (1000 / rate).isFinite else {
      throw file.failure(
        "\(name)@rate", found: rate.map { "\($0)" } ?? "no number", expected: "a rate in Hz")
    }
    return .regular(start: Seconds.milliseconds(start[0]), step: 1000 / rate)
  }

  private func path(ofSeries name: String) throws(SpikingError) -> String {
    // A whole path needs no search.
    if name.hasPrefix("/"), try isSeries(name) { return name }
    let names = try seriesNames
    let ending = name.hasPrefix("/") ? name : "/" + name
    let found = names.filter { $0.hasSuffix(ending) }
    guard found.count == 1 else {
      let listed = found.isEmpty ? names : found
      let others = listed.prefix(20).joined(separator: ", ") + (listed.count > 20 ? ", …" : "")
      throw SpikingError(
        .unknownName, path, found: "\(found.count) time series \(name.debugDescription)",
        expected: names.isEmpty ? "one, but there are none" : "one of \(others)")
    }
    return found[0]
  }

  private func isSeries(_ group: String) throws(SpikingError) -> Bool {
    // Data in another file are those of a series that cannot be read.
    guard [.dataset, .elsewhere].contains(try file.kind(of: "\(group)/data")) else { return false }
    if try file.exists("\(group)/timestamps") { return true }
    return try file.exists("\(group)/starting_time")
  }

  /// Series lie in folders of folders, `/processing/module/container/series` at the deepest in the
  /// standard. A group is visited once, whatever leads to it: links may lead in circles.
  private func addSeries(
    in group: String, depth: Int, to names: inout [String], visited: inout Set<UInt64>
  ) throws(SpikingError) {
    for child in try file.children(of: group) where child.kind == .group {
      guard visited.insert(child.address).inserted else { continue }
      guard visited.count <= Self.largestGroupCount else {
        throw file.failure(group, "there are more than \(Self.largestGroupCount) groups")
      }
      let path = "\(group)/\(child.name)"
      if try isSeries(path) {
        names.append(path)
      } else if depth < 5 {
        try addSeries(in: path, depth: depth + 1, to: &names, visited: &visited)
      }
    }
  }

  /// More groups than any recording has.
  private static var largestGroupCount: Int { 200_000 }
}
