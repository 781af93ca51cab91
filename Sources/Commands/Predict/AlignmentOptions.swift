internal import ArgumentParser
internal import Spiking

/// To which times of a recording rates are aligned.
struct AlignmentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Mean rates around the starts of intervals, such as trials or 'trials where side == left', a column of their times, \
      trials.cue_time, or events.
      """, valueName: "NAME[.COLUMN]"))
  var psth: String?
  @Option(
    help: ArgumentHelp(
      "The means for each value of a column of the table, such as side.", valueName: "COLUMN"))
  var by: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      From when to when around each time, in ms, such as -200:800. [default: 0 to the end of the shortest interval; of \
      other times -500:1000]
      """, valueName: "FROM:TO"), transform: Self.window)
  var window: ClosedRange<Double>?

  func validate() throws {
    for (option, isGiven) in [("by", by != nil), ("window", window != nil)]
    where isGiven && psth == nil {
      throw ValidationError("--\(option): found without --psth, expected what to align to")
    }
  }

  /// The alignment of the options; nil without one.
  func alignment(in recording: BinnedRecording) throws(SpikingError) -> TrialAlignment? {
    guard let psth else { return nil }
    do {
      return try TrialAlignment(to: psth, by: by, window: window, in: recording)
    } catch {
      throw error.within(option: "--psth")
    }
  }

  private static func window(_ text: String) throws -> ClosedRange<Double> {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard ends.count == 2 else {
      throw ValidationError("expected two times in ms, such as -200:800")
    }
    let (from, to) = (try NumberText.real(ends[0]), try NumberText.real(ends[1]))
    guard from < to, from.isFinite, to.isFinite else {
      throw ValidationError("expected a time in ms and a later one")
    }
    return from...to
  }
}
