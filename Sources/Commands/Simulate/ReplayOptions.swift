internal import ArgumentParser
internal import Spiking

/// The recording whose covariates and events act on a fitted network, and how often it is run.
struct ReplayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The session whose covariates, events and tables act on the network of a fit, from its start on.",
      valueName: "SESSION"), completion: .spikeFile)
  var recording: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Run the network of a fit so many times, each time with other random numbers: as networks 0, 1, … of the output. \
      [default: 1]
      """, valueName: "K"), transform: NumberText.whole)
  var trials: Int?
  @OptionGroup var reading: ReadingOptions

  func validate() throws {
    if let trials { try require(trials, "trials", in: 1...1_000_000) }
  }

  /// Whether there is anything that only a fit has a use for.
  var isForFits: Bool { recording != nil || trials != nil }

  /// The recording in bins of a fit; nil without one.
  func session(dt: Double) throws(SpikingError) -> BinnedRecording? {
    try recording.map { path throws(SpikingError) in
      try reading.recording(of: path).binned(width: dt)
    }
  }
}
