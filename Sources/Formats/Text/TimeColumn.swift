internal import SpikingFramework
internal import SpikingRecordings

/// A column of times in a table of text, as its name in the first line tells: `time`, with its unit behind it, as in `time_ms`
/// or `time (s)`.
struct TimeColumn {
  /// The number of the column.
  let index: Int
  /// In what its times are counted.
  let unit: TimeUnit

  /// The first column whose name has one of these words; nil where there is none.
  ///
  /// - Parameters:
  ///   - unit: the unit of its times, whatever its name says; nil for the one in its name.
  ///   - fallback: their unit where the name says none.
  /// - Throws: `invalidData` where no unit is known.
  init?(
    in header: [String], called words: Set<String> = Self.times, unit: TimeUnit? = nil,
    otherwise fallback: TimeUnit? = nil
  ) throws(SpikingError) {
    guard let index = Self.index(in: header, words) else { return nil }
    let named = Self.words(header[index]).compactMap { try? TimeUnit($0) }.first
    guard let unit = unit ?? named ?? fallback else { throw Self.unknownUnit(header[index]) }
    (self.index, self.unit) = (index, unit)
  }

  init(index: Int, unit: TimeUnit) { (self.index, self.unit) = (index, unit) }

  /// What columns of times are called.
  static let times: Set<String> = ["time", "times", "t", "timestamp", "timestamps"]

  static func index(in header: [String], _ names: Set<String> = Self.times) -> Int? {
    header.firstIndex { !names.isDisjoint(with: words($0)) }
  }

  /// The words of a name, in lower case.
  static func words(_ name: String) -> [String] {
    name.lowercased().split { !($0.isLetter || $0.isNumber || $0 == ":") }.map(String.init)
  }

  /// The time of a row in ms.
  ///
  /// - Throws: `invalidData` naming the line where it is none.
  func time(of row: borrowing DelimitedRow) throws(SpikingError) -> Double {
    guard let number = row.number(index), case let time = number * unit.milliseconds, time.isFinite
    else {
      throw SpikingError(
        .invalidData, "line \(row.line)", found: row.text(index).debugDescription,
        expected: "a time in \(unit)")
    }
    return time
  }

  /// Times in ms.
  ///
  /// - Throws: `invalidData` naming the first row whose time is none.
  func times(of column: Column) throws(SpikingError) -> [Double] {
    guard let numbers = column.numbers else {
      throw SpikingError(
        .invalidData, column.name, found: "texts", expected: "times in \(unit)")
    }
    if let row = numbers.firstIndex(where: { !($0 * unit.milliseconds).isFinite }) {
      throw SpikingError(
        .invalidData, "\(column.name), row \(row + 1)", found: numbers[row],
        expected: "a time in \(unit)")
    }
    return numbers.map { $0 * unit.milliseconds }
  }

  static func unknownUnit(_ name: String) -> SpikingError {
    SpikingError(
      .invalidData, name, found: "no unit of time",
      expected: "--time-unit s, ms, us or samples:RATE, or a column such as time_ms")
  }
}
