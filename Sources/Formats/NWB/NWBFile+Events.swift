internal import SpikingFiles
internal import SpikingFramework
internal import SpikingRecordings

extension NWBFile {
  /// Times of events: annotations, one list for each text, and groups of timestamps without data, as those of the extension
  /// for events. An `IntervalSeries` becomes a table of intervals.
  ///
  /// - Parameter names: the paths of the series.
  func events(
    among names: [String], intervals: inout [IntervalTable], notices: inout [Irregularity]
  ) throws(SpikingError) -> (events: [Recording.Events], others: [String]) {
    var events: [Recording.Events] = []
    var others: [String] = []
    for path in names {
      do throws(SpikingError) {
        switch try file.text("neurodata_type", of: path) {
        case "AnnotationSeries": events += try annotations(path)
        case "IntervalSeries": intervals.append(try intervalSeries(path, among: intervals))
        default: others.append(path)
        }
      } catch {
        guard error.code == .invalidData else { throw error }
        notices.append(Irregularity(.unreadable, "\(error)"))
      }
    }
    return (events, others)
  }

  private func annotations(_ path: String) throws(SpikingError) -> [Recording.Events] {
    let texts = try file.texts("\(path)/data")
    let times = try file.realColumn("\(path)/timestamps")
    guard texts.count == times.count, times.allSatisfy({ ($0 * 1000).isFinite }) else {
      throw file.failure(
        "\(path)/timestamps", found: "\(times.count) times",
        expected: "a time in s for each of \(texts.count) annotations")
    }
    return Self.events(path, times: times, texts: texts)
  }

  /// One list of times in s for each text, where they are at most a hundred.
  private static func events(
    _ path: String, times: [Double], texts: [String]?
  ) -> [Recording.Events] {
    let name = Paths.name(path)
    guard let texts, Set(texts).count <= 100 else {
      return [Recording.Events(name, times: times.map { Seconds.milliseconds($0) })]
    }
    return Dictionary(grouping: zip(texts, times), by: \.0).sorted { $0.key < $1.key }
      .map { text, events in
        Recording.Events(
          text == name ? name : "\(name): \(text)",
          times: events.map { Seconds.milliseconds($0.1) })
      }
  }

  /// The tables of events below `/events`: their times, by the texts of the first column that has texts.
  func eventTables(notices: inout [Irregularity]) throws(SpikingError) -> [Recording.Events] {
    guard try file.kind(of: "/events") == .group else { return [] }
    var events: [Recording.Events] = []
    for child in try file.children(of: "/events") where child.kind == .group {
      let group = "/events/\(child.name)"
      do throws(SpikingError) {
        let times = try file.realColumn("\(group)/timestamp")
        guard times.allSatisfy({ ($0 * 1000).isFinite }) else {
          throw file.failure("\(group)/timestamp", "a time is no number")
        }
        let table = try table(
          group, rowCount: times.count, except: ["timestamp", "id"], notices: &notices)
        let texts = table.columns.lazy.compactMap { column -> [String]? in
          if case .texts(let texts) = column.values { texts } else { nil }
        }.first
        events += Self.events(group, times: times, texts: texts)
      } catch {
        guard error.code == .invalidData else { throw error }
        notices.append(Irregularity(.unreadable, "\(error)"))
      }
    }
    return events
  }

  /// Intervals of a series of beginnings (values above 0) and ends (below 0); those of other values than 1 have it as `state`.
  private func intervalSeries(
    _ path: String, among others: [IntervalTable]
  ) throws(SpikingError) -> IntervalTable {
    let values = try file.reals("\(path)/data").values
    let times = try file.realColumn("\(path)/timestamps")
    guard values.count == times.count, times.allSatisfy({ ($0 * 1000).isFinite }) else {
      throw file.failure(
        "\(path)/timestamps", found: "\(times.count) times",
        expected: "a time in s for each of \(values.count) values")
    }
    var begun: [Double: Double] = [:]
    var intervals: [(ClosedRange<Double>, state: Double)] = []
    for (value, time) in zip(values, times) {
      if value > 0 {
        begun[value] = time
      } else if let start = begun.removeValue(forKey: -value), start <= time {
        intervals.append((Seconds.milliseconds(start)...Seconds.milliseconds(time), -value))
      }
    }
    intervals.sort { $0.0.lowerBound < $1.0.lowerBound }
    let last = Paths.name(path)
    // Where there are others of its name, its whole path tells it from them.
    let name =
      others.contains { $0.name == last }
      ? path.split(separator: "/").joined(separator: "_") : last
    let states = try Table([Column("state", .numbers(intervals.map(\.state)))])
    return try IntervalTable(name: name, intervals: intervals.map(\.0), table: states)
  }
}
