internal import SpikingFramework

extension RecordedSeries {
  /// What is odd about a series: its times, and values that are no numbers.
  ///
  /// - Parameter largest: the values of longer series are not read.
  func irregularities(largest: Int) throws(SpikingError) -> [Irregularity] {
    var found: [Irregularity] = []
    if case .stamps(let stamps) = summary.times { found += Self.irregularities(stamps, path) }
    let (count, isTooLong) = summary.sampleCount.multipliedReportingOverflow(
      by: summary.channelCount)
    guard !isTooLong, count <= largest else {
      return found + [
        Irregularity(
          .leftOut, "\(path): \(shapeText) values, which were not looked at for missing ones")
      ]
    }
    do {
      let missing = try load().values.count { $0.isNaN }
      if missing > 0 {
        found.append(
          Irregularity(
            .missingValues,
            "\(path): \(missing) of \(counted(count, "value")) are not numbers; there is no value there"
          ))
      }
    } catch {
      guard error.code == .invalidData else { throw error }
      found.append(Irregularity(.unreadable, "\(error)"))
    }
    return found
  }

  private var shapeText: String { summary.shape.map(String.init).joined(separator: " × ") }

  private static func irregularities(_ stamps: [Double], _ path: String) -> [Irregularity] {
    let steps = zip(stamps, stamps.dropFirst()).map { $1 - $0 }
    let sorted = steps.sorted()
    guard let usual = sorted.isEmpty ? nil : sorted[sorted.count / 2] else { return [] }
    var found: [Irregularity] = []
    let gaps = steps.filter { $0 > 10 * usual }
    let others = steps.count { abs($0 - usual) > 0.1 * usual } - gaps.count
    if let longest = gaps.max() {
      found.append(
        Irregularity(
          .gaps,
          "\(path): \(gaps.count), the longest of \(inMilliseconds(longest)), where samples come every "
            + "\(inMilliseconds(usual)); the sample before lasts until the next one, or for --longest-gap"
        ))
    }
    if others > 0 {
      found.append(
        Irregularity(
          .irregularSampling,
          "\(path): \(others) of \(steps.count) steps differ from the usual \(inMilliseconds(usual)) by more than a tenth"
        ))
    }
    return found
  }
}
