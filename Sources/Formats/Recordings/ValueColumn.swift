internal import SpikingFramework
internal import SpikingRecordings

/// A column of numbers whose name may say in what they are measured: `x (cm)`, `speed [cm/s]`.
struct ValueColumn {
  /// What the file calls the column.
  let title: String
  /// The same without the unit.
  let name: String
  /// The unit; empty where the name does not say it.
  let unit: String
  let numbers: [Double]

  init(_ column: Column) {
    title = column.name
    numbers = column.numbers ?? []
    guard let bracket = title.firstIndex(where: { "([".contains($0) }),
      title.last == ")"
        || title.last == "]", case let name = title[..<bracket].trimmed, !name.isEmpty
    else {
      (name, unit) = (title, "")
      return
    }
    self.name = String(name)
    unit = String(title[title.index(after: bracket)...].dropLast().trimmed)
  }

  /// A series of these numbers in a module of a session.
  func series(times: [Double], module: String) throws(SpikingError) -> RecordedSeries {
    let series = try SpikingError.within(
      name, TimeSeries(values: numbers, times: .stamps(times), unit: unit))
    // A slash divides the parts of a path.
    let parts = [module, name].map { $0.replacing("/", with: "_") }
    return RecordedSeries("/processing/\(parts[0])/\(parts[1])", series)
  }
}
