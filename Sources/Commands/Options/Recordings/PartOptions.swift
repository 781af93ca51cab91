internal import ArgumentParser
internal import Spiking

/// Which part of a recording is evaluated.
struct PartOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Evaluate from this time of the recording on.", valueName: "MS"),
    transform: NumberText.real)
  var start: Double?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Evaluate up to this time of the recording.", valueName: "MS"),
    transform: NumberText.real)
  var stop: Double?
  @Option(
    help: ArgumentHelp(
      """
      Evaluate these epochs alone: a table of intervals, or the intervals with a text in it. What lies between is neither \
      silence nor an interval.
      """, valueName: "NAME[ where CONDITION]"))
  var epochs: String?
  @Option(
    help: ArgumentHelp(
      """
      Evaluate these trials alone, each for itself: a table of intervals of the recording, such as \
      'trials where side == left', or an array [trials, 2] of starts and stops in ms.
      """, valueName: "NAME[ where CONDITION]|FILE.npy"),
    completion: .numpyFile)
  var trials: String?

  func validate() throws {
    for (name, time) in [("start", start), ("stop", stop)] {
      if let time, !time.isFinite {
        throw ValidationError("--\(name): found \(time), expected a time in ms")
      }
    }
  }

  /// The error of a part that a recording has nothing of.
  static func outside(
    _ start: Double, _ stop: Double, of recording: String, _ whole: String
  ) -> SpikingError {
    SpikingError(
      .invalidParameter, "--start, --stop", found: inMilliseconds(start, to: stop),
      expected: "a part of \(recording), \(whole)")
  }

  /// The part of a recording: its time from start to stop, of which only the epochs and the trials were observed.
  ///
  /// - Throws: `invalidParameter` where the recording has nothing of it, `wrongCommandLine` where it has no such intervals.
  func part(of recording: Recording) throws(SpikingError) -> Recording {
    var part = recording
    if start != nil || stop != nil {
      let spikes = recording.spikes
      let (from, to) = (start ?? spikes.start, stop ?? spikes.stop)
      guard from < to, from < spikes.stop, to > spikes.start else {
        throw Self.outside(
          from, to, of: recording.source, inMilliseconds(spikes.start, to: spikes.stop))
      }
      part = try part.during(from..<to)
    }
    for (option, intervals) in [
      ("--epochs", try epochs(of: recording)), ("--trials", try trials(of: recording)),
    ] {
      guard let intervals else { continue }
      do { part = try part.during(intervals.intervals) } catch {
        throw error.within("\(option) \(intervals.name)")
      }
    }
    return part
  }

  /// The epochs of the option; nil without it.
  func epochs(of recording: Recording) throws(SpikingError) -> IntervalTable? {
    guard let epochs else { return nil }
    do { return try recording.intervals(of: epochs) } catch {
      throw error.within(option: "--epochs")
    }
  }

  /// The trials of the option, which a file or the recording has; nil without it.
  func trials(of recording: Recording) throws(SpikingError) -> IntervalTable? {
    guard let trials else { return nil }
    if trials.lowercased().hasSuffix(".npy") { return try Self.trials(inFile: trials) }
    do { return try recording.intervals(of: trials) } catch {
      throw error.within(option: "--trials")
    }
  }

  private static func trials(inFile path: String) throws(SpikingError) -> IntervalTable {
    let array = try NumPyArray(contentsOf: path)
    guard array.shape.count == 2, array.shape[1] == 2, array.shape[0] > 0 else {
      throw array.error("shape", found: array.shape, expected: "[trials, 2]")
    }
    let edges = try array.doubles()
    var intervals: [ClosedRange<Double>] = []
    for trial in 0..<array.shape[0] {
      let (from, to) = (edges[2 * trial], edges[2 * trial + 1])
      guard from < to else {
        throw array.error(
          "data[\(trial)]", found: inMilliseconds(from, to: to), expected: "a start before its stop"
        )
      }
      intervals.append(from...to)
    }
    do { return try IntervalTable(name: "trials", intervals: intervals) } catch {
      throw error.within(path)
    }
  }
}
