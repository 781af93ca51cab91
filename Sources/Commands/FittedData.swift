internal import ArgumentParser
internal import Foundation
internal import Spiking

/// The recording that is fitted or checked: its bins, the part that is scored, and what was measured
/// beside it.
struct FittedDataOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Spikes: events or times (.npz), dense counts (.npy), or units (.nwb).",
      valueName: "RECORDING"))
  var recording: String
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The width of a bin. [default: that of events, else 1]", valueName: "MS"))
  var bin: Double?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Score from this time of the recording on.", valueName: "MS"))
  var start: Double?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Score up to this time of the recording.", valueName: "MS"))
  var stop: Double?
  @Option(
    help: ArgumentHelp(
      "Trials: an array [trials, 2] of their starts and stops in ms. What lies between is not scored.",
      valueName: "FILE.npy"))
  var trials: String?
  @Option(
    help: ArgumentHelp(
      "A stimulus for all neurons: an array [bins] or [channels, bins], or a time series of an NWB file; may be repeated.",
      valueName: "FILE.npy|FILE.nwb:SERIES"))
  var stimulus: [String] = []
  @Option(
    help: ArgumentHelp(
      "What is known of the drives: an array [bins] or [neurons, bins].", valueName: "FILE.npy"))
  var offset: String?

  func validate() throws {
    if let bin { try requirePositive(bin, "bin") }
    for (name, time) in [("start", start), ("stop", stop)] {
      if let time, !time.isFinite {
        throw ValidationError("--\(name): found \(time), expected a time in ms")
      }
    }
  }

  func load() throws(SpikingError) -> FittedData {
    let file = try RecordingFile.load(recording, dt: bin ?? 1)
    var trains: SpikeTrains
    let origin: Double
    switch file {
    case .binned(let binned) where abs((bin ?? binned.dt) - binned.dt) <= 1e-9 * binned.dt:
      trains = binned
      origin = 0
    default:
      let times = file.recording
      do {
        trains = try times.binned(
          width: bin ?? 1, networkOffsets: file.trains?.networkOffsets)
      } catch { throw error.within("\(recording), --bin") }
      origin = times.start
    }
    return FittedData(
      spikes: trains, segments: try segments(trains, origin: origin),
      stimuli: try stimulusValues(trains, origin: origin), offsets: try offsets(trains))
  }

  /// The bins of the trials, or of the part that is scored.
  private func segments(
    _ spikes: SpikeTrains, origin: Double
  ) throws(SpikingError) -> [Range<Int>] {
    func bin(_ time: Double) -> Int {
      Int(min(max(((time - origin) / spikes.dt).rounded(), 0), Double(spikes.binCount)))
    }
    let whole = bin(start ?? origin)..<max(bin(start ?? origin), bin(stop ?? .infinity))
    guard !whole.isEmpty else {
      throw SpikingError(
        .invalidParameter, "--start, --stop",
        found: "\(start ?? origin) to \(stop ?? .infinity) ms",
        expected: "a part of \(recording), \(origin) to \(origin + spikes.duration) ms")
    }
    guard let trials else { return [whole] }
    let array = try NumPyArray(contentsOf: trials)
    guard array.shape.count == 2, array.shape[1] == 2 else {
      throw array.error("shape", found: array.shape, expected: "[trials, 2]")
    }
    let times = try array.doubles()
    return try (0..<array.shape[0]).map { trial throws(SpikingError) in
      let (from, to) = (times[2 * trial], times[2 * trial + 1])
      guard from < to else {
        throw array.error(
          "data[\(trial)]", found: "\(from) to \(to) ms", expected: "a start before its stop")
      }
      return bin(from)..<bin(to)
    }.map { $0.clamped(to: whole) }.filter { !$0.isEmpty }
  }

  private func stimulusValues(
    _ spikes: SpikeTrains, origin: Double
  ) throws(SpikingError) -> [(name: String, values: [Double])] {
    var stimuli: [(name: String, values: [Double])] = []
    for text in stimulus {
      let channels: [[Double]]
      if let (path, series) = Self.series(text) {
        channels = try NWBFile(path).series(named: series).sampled(
          binWidth: spikes.dt, start: origin, binCount: spikes.binCount)
      } else {
        channels = try Self.rows(of: try NumPyArray(contentsOf: text), length: spikes.binCount)
      }
      for (number, values) in channels.enumerated() {
        stimuli.append((channels.count == 1 ? text : "\(text) \(number)", values))
      }
    }
    return stimuli
  }

  /// The file and the series of "FILE.nwb:SERIES".
  private static func series(_ text: String) -> (path: String, series: String)? {
    guard let range = text.range(of: ".nwb:", options: .caseInsensitive) else { return nil }
    return (
      String(text[..<text.index(before: range.upperBound)]), String(text[range.upperBound...])
    )
  }

  private func offsets(_ spikes: SpikeTrains) throws(SpikingError) -> [[Double]] {
    guard let offset else { return [] }
    let array = try NumPyArray(contentsOf: offset)
    let rows = try Self.rows(of: array, length: spikes.binCount)
    if rows.count == 1 { return Array(repeating: rows[0], count: spikes.neuronCount) }
    guard rows.count == spikes.neuronCount else {
      throw array.error(
        "shape", found: array.shape, expected: "[\(spikes.neuronCount), \(spikes.binCount)]")
    }
    return rows
  }

  /// The rows of an array of one or two dimensions.
  private static func rows(
    of array: NumPyArray, length: Int
  ) throws(SpikingError) -> [[Double]] {
    guard 1...2 ~= array.shape.count, array.shape.last == length else {
      throw array.error(
        "shape", found: array.shape, expected: "[\(length)] or [channels, \(length)], a value a bin"
      )
    }
    let values = try array.doubles()
    return stride(from: 0, to: values.count, by: length).map { Array(values[$0..<$0 + length]) }
  }
}

/// A recording ready to be fitted.
struct FittedData {
  let spikes: SpikeTrains
  let segments: [Range<Int>]
  let stimuli: [(name: String, values: [Double])]
  let offsets: [[Double]]

  /// The stimuli, with a basis for each.
  func covariates(_ bases: [any Basis]) -> [StimulusCovariate] {
    zip(stimuli, bases).map { StimulusCovariate($0.name, values: $0.values, basis: $1) }
  }
}
