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

  /// The spikes of the part.
  ///
  /// - Throws: `invalidParameter` where the recording has nothing of it.
  func part(of spikes: SpikeTrains, _ recording: String) throws(SpikingError) -> SpikeTrains {
    if start == nil && stop == nil { return spikes }
    let (from, to) = (start ?? spikes.start, stop ?? spikes.stop)
    guard from < to, from < spikes.stop, to > spikes.start else {
      throw Self.outside(from, to, of: recording, inMilliseconds(spikes.start, to: spikes.stop))
    }
    return spikes.during(from..<to)
  }
}
