internal import Spiking

/// Which bins of a recording are evaluated, and why others are not.
struct EvaluatedPart {
  let recording: String
  /// When the first bin begins, in ms.
  let origin: Double
  let spikes: BinnedSpikes
  /// How many bins the longest filter reaches back: so many at the beginning of each segment have no complete
  /// history and are not evaluated.
  let reach: Int
  /// A line for each reason for which bins are not evaluated.
  var notices: [String]
  private(set) var segments: [Range<Int>]

  init(recording: String, origin: Double, spikes: BinnedSpikes, reach: Int, notices: [String]) {
    self.recording = recording
    self.origin = origin
    self.spikes = spikes
    self.reach = reach
    self.notices = notices
    segments = [0..<spikes.binCount]
  }

  /// How many bins are evaluated.
  private var count: Int { segments.reduce(0) { $0 + max($1.count - reach, 0) } }

  /// The bins that begin from one time on and end until another, those of the recording where nil.
  mutating func restrict(from start: Double?, to stop: Double?) throws(SpikingError) {
    let first = bin(start ?? origin)
    let whole = first..<max(first, bin(stop ?? .infinity))
    guard whole.count > 0 else {
      throw PartOptions.outside(
        start ?? origin, stop ?? .infinity, of: recording, times(0..<spikes.binCount))
    }
    segments = [whole]
    guard count > 0 else {
      throw SpikingError(
        .invalidData, recording, found: "\(whole.count) bins, \(times(whole))",
        expected: "more than the \(reach) whose history is not complete")
    }
  }

  /// Epochs, wherever they overlap.
  mutating func restrict(toEpochs epochs: IntervalTable, _ name: String) throws(SpikingError) {
    let whole = segments
    segments = Segments.intersection(
      epochs.union.map { bin($0.lowerBound)..<bin($0.upperBound) }.filter { !$0.isEmpty }, whole)
    guard count > 0 else {
      throw SpikingError(
        .invalidData, name,
        found:
          "none of \(counted(epochs.intervals.count, "interval")) with bins of \(times(whole[0]))",
        expected: "one of more than \(incomplete)")
    }
  }

  /// Trials, each with a history of its own, in ms.
  ///
  /// - Parameter name: what errors name: a file, or an option.
  mutating func restrict(toTrials trials: IntervalTable, _ name: String) throws(SpikingError) {
    func text(_ trial: ClosedRange<Double>) -> String {
      inMilliseconds(trial.lowerBound, to: trial.upperBound)
    }
    let whole = segments
    var (outside, short, end) = (0, 0, -Double.infinity)
    segments = []
    for (number, trial) in trials.intervals.enumerated() {
      let (from, to) = (trial.lowerBound, trial.upperBound)
      guard from >= end else {
        throw SpikingError(
          .invalidData, "\(name): data[\(number)]", found: text(trial),
          expected:
            "a trial that begins after the one before has ended, at \(inMilliseconds(end))")
      }
      end = to
      let parts = Segments.intersection([bin(from)..<bin(to)], whole)
      let isOutside = to <= time(whole[0].lowerBound) || from >= time(whole[0].upperBound)
      if isOutside { outside += 1 } else if parts.allSatisfy({ $0.count <= reach }) { short += 1 }
      segments += parts
    }
    var reasons: [String] = []
    if outside > 0 { reasons.append("\(outside) outside \(times(whole[0]))") }
    if short > 0 { reasons.append("\(short) no longer than \(incomplete)") }
    let left = reasons.joined(separator: ", ")
    guard count > 0 else {
      throw SpikingError(
        .invalidData, name,
        "found none of \(trials.intervals.count) trials that can be evaluated: \(left); the first is "
          + "\(text(trials.intervals[0])), expected starts and stops in ms")
    }
    if !reasons.isEmpty {
      notices.append(
        "\(name): \(outside + short) of \(trials.intervals.count) trials not evaluated: \(left)")
    }
  }

  /// The bins in which all units were observed.
  mutating func restrict(toObserved recording: SpikeTrains) throws(SpikingError) {
    if recording.observations.isEmpty { return }
    let before = count
    segments = Segments.intersection(segments, recording.observedBins(width: spikes.dt))
    guard count > 0 else { throw neverTogether(recording) }
    note(before, "not all units were observed there\(history)", self.recording)
  }

  /// The bins in which all of some series have a value.
  mutating func restrict(toValuesOf series: [[Double]], _ name: String) throws(SpikingError) {
    let before = count
    segments = Segments.intersection(
      segments, Segments.withValues(of: series, binCount: spikes.binCount))
    guard count > 0 else {
      throw SpikingError(
        .invalidData, name,
        found: "values (not NaN) in none of the \(before) bins that would be evaluated",
        expected: "values in more than \(max(reach, 1)) bins one after the other")
    }
    note(before, "no value there\(history)", name)
  }

  private mutating func note(_ before: Int, _ reason: String, _ subject: String) {
    if count == before { return }
    notices.append("\(subject): \(before - count) of \(before) bins not evaluated: \(reason)")
  }

  private func neverTogether(_ recording: SpikeTrains) -> SpikingError {
    let units = 0..<recording.neuronCount
    // Two that were never observed at the same time say more than all of them.
    for first in units {
      for second in units.dropFirst(first + 1) {
        guard let pair = try? recording.selecting([first, second]),
          pair.jointObservations.isEmpty
        else { continue }
        return SpikingError(
          .invalidData, self.recording,
          found: "no time at which units \(first) and \(second) were both observed",
          expected: "units that were observed together")
      }
    }
    return SpikingError(
      .invalidData, self.recording,
      found: "no time at which all of units \(listed(Array(units))) were observed in "
        + "more than \(incomplete)", expected: "units that were observed together")
  }

  private var incomplete: String { "the \(reach) bins whose history is not complete" }
  private var history: String { reach > 0 ? ", or in the \(reach) bins before" : "" }

  private func bin(_ time: Double) -> Int {
    Int(min(max(((time - origin) / spikes.dt).rounded(), 0), Double(spikes.binCount)))
  }

  private func time(_ bin: Int) -> Double { origin + Double(bin) * spikes.dt }

  private func times(_ bins: Range<Int>) -> String {
    inMilliseconds(time(bins.lowerBound), to: time(bins.upperBound))
  }
}

/// - Throws: `invalidParameter` where a width is no multiple of the bins of spikes: bins narrower than those, or
///   some of which hold more of them than others, would show the bins and not the spikes.
func requireMultiple(
  _ width: Double, of trains: BinnedSpikes, _ path: String, option: String = "--bin"
) throws(SpikingError) {
  let ratio = width / trains.dt
  guard ratio > 0.5, abs(ratio - ratio.rounded()) < 1e-6 * ratio else {
    throw SpikingError(
      .invalidParameter, option, found: "\(width) ms",
      expected: "a multiple of the bins of \(path), \(trains.dt) ms")
  }
}
