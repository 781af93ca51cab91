public import SpikingFramework
internal import SpikingRecordings

extension NWBFile {
  /// Whether the file has spikes of units, or something there that cannot be read: `units()` says why.
  public var hasUnits: Bool { (try? file.exists(Self.spikeTimes)) ?? true }

  /// Whether the file says when its units were observed.
  public var hasObservations: Bool { (try? file.exists(Self.observedIntervals)) ?? true }

  /// The spikes of all units, in the order of the table `/units`, one neuron a unit, and when each was
  /// observed (`/units/obs_intervals`).
  ///
  /// The recording lasts from the first to the last of what the file says was observed. Where it says nothing,
  /// it lasts from 0 to the last of the ends of spikes and time series, templates left out; from the first
  /// spike where that is earlier, and from the earliest of all times where they count from another origin than
  /// 0, as POSIX times do: where 0 is further away than ten times their length, and ten minutes. Series on
  /// such another clock, or without times that can be read, do not count. In any case the recording is extended to hold all
  /// spikes: those of real recordings may lie a little outside.
  ///
  /// - Throws: `invalidData`, with the path within the file, where there are no units, where
  ///   `spike_times_index` does not divide `spike_times`, where `obs_intervals` are no intervals, and
  ///   where a time is not finite.
  /// - Complexity: O(spikes), O(spikes log spikes) where those of a unit are not in order.
  public func units() throws(SpikingError) -> SpikeTrains {
    var notices: [Irregularity] = []
    return try spikes(notices: &notices)
  }

  /// The spikes of all units, as `units()`, and which units had them in another order than that of time.
  func spikes(notices: inout [Irregularity]) throws(SpikingError) -> SpikeTrains {
    guard try file.exists(Self.spikeTimes) else {
      throw SpikingError(
        .invalidData, path, found: "no units",
        expected: "\(Self.spikeTimes), where NWB 2 has the spikes of units")
    }
    var times = try file.realColumn(Self.spikeTimes)
    if let index = times.firstIndex(where: { !($0 * 1000).isFinite }) {
      throw file.failure(
        "\(Self.spikeTimes)[\(index)]", found: times[index], expected: "a time in s")
    }
    let offsets = try offsets(spikeCount: times.count)
    for index in times.indices { times[index] = Seconds.milliseconds(times[index]) }
    let unsorted = times.sortTrains(offsets)
    if !unsorted.isEmpty { notices.append(.unsortedSpikes(ofUnits: unsorted)) }
    var hull = times.min().map { $0...(times.max() ?? $0) }
    let observations = try observations(unitCount: offsets.count - 1)
    if let observations {
      for stretch in observations.joined() { hull = stretch.joined(hull) }
    } else {
      hull = try extent(ofSpikes: hull)
    }
    let whole = hull ?? 0...0
    return try SpikingError.within(
      path,
      SpikeTrains(
        times: times, offsets: offsets, start: whole.lowerBound, stop: whole.upperBound,
        // Of a unit without intervals nothing is known.
        observations: observations?.map { $0.isEmpty ? [whole] : $0 } ?? []))
  }

  private static var spikeTimes: String { "/units/spike_times" }
  static var observedIntervals: String { "/units/obs_intervals" }

  /// Where the spikes of each unit begin, and their number: NWB stores where they end.
  private func offsets(spikeCount: Int) throws(SpikingError) -> [Int] {
    let name = Self.spikeTimes + "_index"
    let ends = try file.integerColumn(name)
    guard !ends.isEmpty else {
      throw file.failure(name, found: "no units", expected: "at least one")
    }
    // Silent units take memory, too.
    let limit = max(1 << 20, 16 * spikeCount)
    guard ends.count <= limit else {
      throw file.failure(
        name, found: "\(ends.count) units", expected: "at most \(limit) for \(spikeCount) spikes")
    }
    let offsets = [0] + ends
    for (unit, end) in ends.enumerated() {
      guard offsets[unit]...max(offsets[unit], spikeCount) ~= end else {
        throw file.failure(
          "\(name)[\(unit)]", found: end,
          expected: "\(offsets[unit]) to \(spikeCount), the number of spike times")
      }
    }
    guard offsets.last == spikeCount else {
      throw file.failure(
        "\(name)[\(ends.count - 1)]", found: offsets[ends.count],
        expected: "\(spikeCount), the number of spike times")
    }
    return offsets
  }
}
