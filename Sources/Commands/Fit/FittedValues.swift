internal import Foundation
internal import Spiking

extension FittedDataOptions {
  /// The channels of each stimulus in bins, NaN where there is no value.
  func stimuli(
    _ spikes: BinnedSpikes, origin: Double
  ) throws(SpikingError) -> [(name: String, channels: [[Double]])] {
    let names = stimulus.compactMap { Self.series($0)?.series }
    if let wrong = turn.first(where: { !names.contains($0.name) }) {
      throw SpikingError(
        .wrongCommandLine, "--turn", found: wrong.name,
        expected: names.isEmpty
          ? "a --stimulus that is a time series" : "one of \(names.joined(separator: ", "))")
    }
    var stimuli: [(name: String, channels: [[Double]])] = []
    for text in stimulus {
      if let (path, series) = Self.series(text) {
        stimuli.append((text, try sampled(path, series, spikes, origin: origin)))
      } else if text.lowercased().hasSuffix(".json") {
        stimuli.append((text, [try drive(text, spikes)]))
      } else {
        stimuli.append(
          (text, try NumPyArray(inFile: text).rows(length: spikes.binCount)))
      }
    }
    return stimuli
  }

  /// What a stimulus of a simulation adds to the drives of its targets.
  private func drive(_ path: String, _ spikes: BinnedSpikes) throws(SpikingError) -> [Double] {
    let sizes = zip(spikes.networkOffsets.dropFirst(), spikes.networkOffsets).map { $0 - $1 }
    let stimulus = try StimulusFile.load(path, neuronCounts: sizes, dt: spikes.dt)
    do {
      return try stimulus.sharedDrive(
        networkSizes: sizes, binCount: spikes.binCount, dt: spikes.dt)
    } catch {
      throw error.within(path)
    }
  }

  private func sampled(
    _ path: String, _ name: String, _ spikes: BinnedSpikes, origin: Double
  ) throws(SpikingError) -> [[Double]] {
    var series: TimeSeries
    do {
      series =
        path.lowercased().hasSuffix(".nwb")
        ? try NWBFile(path, limits: reading.limits).series(named: name)
        : try TimeSeries(
          contentsOf: path, columns: name.split(separator: ",").map(String.init),
          timeUnit: reading.timeUnit)
    } catch {
      throw error.code == .unknownName ? error.within(option: "--stimulus") : error
    }
    if let turn = turn.last(where: { $0.name == name }), case .number(let full) = turn.value {
      series.turn = full == 0 ? nil : full
    }
    // Each of them has weights of its own, and a value for each bin.
    guard series.channelCount <= 1 << 16 else {
      throw SpikingError(
        .invalidData, "\(path):\(name)", found: "\(series.channelCount) channels",
        expected: "at most \(1 << 16)")
    }
    try MemoryLimit.standard.require(
      16 * Double(series.channelCount) * Double(spikes.binCount), "\(path):\(name)",
      for: "\(series.channelCount) channels in \(spikes.binCount) bins",
      advice: "a series of fewer channels, or wider bins (--bin)")
    let channels: [[Double]]
    do {
      channels = try series.sampled(
        binWidth: spikes.dt, start: origin, binCount: spikes.binCount,
        longestGap: longestGap ?? .infinity)
    } catch {
      throw error.within("--turn \(name)")
    }
    guard channels.contains(where: { !$0.allSatisfy(\.isNaN) }) else {
      let times =
        series.sampleCount > 0
        ? inMilliseconds(
          series.time(ofSample: 0), to: series.time(ofSample: series.sampleCount - 1))
        : "no samples"
      throw SpikingError(
        .invalidData, "\(path):\(name)", found: times,
        expected: "values within the recording, "
          + inMilliseconds(origin, to: origin + spikes.duration))
    }
    return channels
  }

  /// The file and the series of "FILE.nwb:SERIES", or the columns of "FILE.csv:COLUMN,COLUMN"; all where none are named.
  static func series(_ text: String) -> (path: String, series: String)? {
    if TimeSeries.isTable(text) { return (text, "") }
    for file in [".nwb:", ".csv:", ".tsv:", ".txt:"] {
      guard let range = text.range(of: file, options: .caseInsensitive) else { continue }
      return (
        String(text[..<text.index(before: range.upperBound)]), String(text[range.upperBound...])
      )
    }
    return nil
  }

  /// What is known of the drive of each neuron; nothing without an option.
  func offsets(_ spikes: BinnedSpikes) throws(SpikingError) -> [[Double]] {
    guard let offset else { return [] }
    let array = try NumPyArray(contentsOf: offset)
    let rows = try array.rows(length: spikes.binCount, named: "neurons")
    if rows.count == 1 { return Array(repeating: rows[0], count: spikes.neuronCount) }
    guard rows.count == spikes.neuronCount else {
      throw array.error(
        "shape", found: array.shape, expected: "[\(spikes.neuronCount), \(spikes.binCount)]")
    }
    return rows
  }
}
