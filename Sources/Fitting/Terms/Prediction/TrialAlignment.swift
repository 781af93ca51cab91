public import SpikingFramework
internal import SpikingRecordings

/// Times of a recording to which rates are aligned, such as the starts of trials, each under a condition.
///
/// ```swift
/// let trials = try TrialAlignment(to: "trials.cue_time", by: "side", window: -200...800, in: session)
/// let average = trials.average(of: rates)
/// ```
public struct TrialAlignment: Sendable {
  /// What each is aligned to: "trials.cue_time".
  public let name: String
  /// The conditions, in the order of the alphabet; "all" where there is nothing to tell them by.
  public let conditions: [String]
  /// The bins around each time; bin 0 is that in which it lies.
  public let lags: Range<Int>
  /// The width of a bin in ms.
  public let dt: Double
  /// How many were left out, without a time or a condition.
  public let missing: Int

  /// The bin of each time, which may lie outside the recording, and its condition.
  let times: [(bin: Int, condition: Int)]

  /// When each bin begins, in ms after the time to which it is aligned.
  public var milliseconds: [Double] { lags.map { Double($0) * dt } }

  /// Alignment to intervals, `trials` or `trials where side == left`, by their starts; to a column of times of a table,
  /// `trials.cue_time`; or to events, `licks`.
  ///
  /// - Parameters:
  ///   - by: a column of the table, whose values are the conditions; nil for one condition.
  ///   - window: from when to when around each, in ms, rounded to bins. By default from the start of intervals to the end of
  ///     the shortest one, and from 500 ms before other times to 1000 ms after them.
  /// - Throws: `unknownName`, with those there are; `invalidParameter` where the window holds no bin or events have no table
  ///   that knows conditions; `invalidData` where no time is left.
  public init(
    to name: String, by column: String? = nil, window: ClosedRange<Double>? = nil,
    in recording: BinnedRecording
  ) throws(SpikingError) {
    self.name = name
    dt = recording.dt
    let aligned = try recording.alignedTimes(name)
    let span = window ?? aligned.window
    let (first, last) = (
      (span.lowerBound / dt).rounded(), (span.upperBound / dt).rounded()
    )
    let limit = Double(recording.binCount)
    guard first < last, first.magnitude <= limit, last.magnitude <= limit else {
      throw SpikingError(
        .invalidParameter, "window",
        found: inMilliseconds(span.lowerBound, to: span.upperBound),
        expected: "bins of \(brief(dt)) ms, not more than the recording has")
    }
    lags = Int(first)..<Int(last)
    var texts = [String](repeating: "all", count: aligned.times.count)
    if let column {
      texts = try recording.column(column, of: aligned.table, name).texts
    }
    let conditions = Set(zip(texts, aligned.times).filter { !$0.1.isNaN }.map(\.0))
      .subtracting([""]).sorted()
    guard conditions.count <= Self.maximumConditions else {
      throw SpikingError(
        .invalidParameter, column ?? name, found: "\(conditions.count) different values",
        expected: "at most \(Self.maximumConditions) conditions")
    }
    var times: [(bin: Int, condition: Int)] = []
    for (text, time) in zip(texts, aligned.times) where !time.isNaN {
      guard let condition = conditions.firstIndex(of: text) else { continue }
      times.append((try recording.bin(of: time), condition))
    }
    guard !times.isEmpty else {
      throw SpikingError(
        .invalidData, "\(recording.session.source): \(name)",
        found: "none of \(counted(aligned.times.count, "time")) with a condition",
        expected: "at least one")
    }
    self.conditions = conditions
    self.times = times
    missing = aligned.times.count - times.count
  }

  private static let maximumConditions = 100

  /// The rates of a neuron, predicted and recorded, around the times of each condition.
  ///
  /// - Complexity: O(times · bins of the window).
  public func average(of prediction: RatePrediction) -> TrialAverage {
    let recorded = prediction.recordedRates(dt: dt)
    var (count, predicted) = ([Int](repeating: 0, count: conditions.count * lags.count), [Double]())
    predicted = Array(repeating: 0, count: count.count)
    var measured = predicted
    for (start, condition) in times {
      for (place, lag) in lags.enumerated() {
        let bin = start + lag
        guard recorded.indices ~= bin, !recorded[bin].isNaN else { continue }
        let index = condition * lags.count + place
        count[index] += 1
        predicted[index] += prediction.rates[bin]
        measured[index] += recorded[bin]
      }
    }
    func mean(_ sums: [Double]) -> [Double] {
      zip(sums, count).map { $1 > 0 ? $0 / Double($1) : .nan }
    }
    return TrialAverage(
      neuron: prediction.neuron, predicted: mean(predicted), recorded: mean(measured),
      trialCounts: count, binCount: lags.count)
  }
}

/// The rates of a neuron around the times of a `TrialAlignment`: a peristimulus time histogram beside its prediction.
///
/// Both are means over the same bins, those that were evaluated.
public struct TrialAverage: Codable, Hashable, Sendable {
  /// The neuron.
  public let neuron: Int
  /// The mean predicted rate in Hz, condition after condition, a value for each bin of the window; NaN without a trial.
  public let predicted: [Double]
  /// The mean recorded one.
  public let recorded: [Double]
  /// How many trials each is the mean of.
  public let trialCounts: [Int]
  /// The number of bins of the window.
  public let binCount: Int
}

/// Times to align to.
private struct AlignedTimes {
  /// In ms; NaN where a row has none.
  let times: [Double]
  let table: IntervalTable?
  /// Around each, in ms.
  let window: ClosedRange<Double>
}

extension BinnedRecording {
  fileprivate func alignedTimes(_ name: String) throws(SpikingError) -> AlignedTimes {
    let first = (name.split(separator: " where ", maxSplits: 1).first ?? "").trimmed
    if session.intervals(named: String(first)) != nil {
      let table = try session.intervals(of: name)
      let shortest = table.intervals.map { $0.upperBound - $0.lowerBound }.min() ?? 0
      return AlignedTimes(
        times: table.intervals.map(\.lowerBound), table: table, window: 0...max(shortest, dt))
    }
    let around = -500.0...1000
    guard column(String(first)) != nil || session.events.contains(where: { $0.name == name })
    else {
      throw unknown(
        name, "trials or events",
        session.intervals.map(\.name) + session.events.map(\.name)
          + columnNames { $0.numbers != nil })
    }
    let events = try events(name)
    return AlignedTimes(times: events.times, table: events.table, window: around)
  }
}
