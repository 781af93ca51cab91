public import SpikingFramework

extension NWBFile {
  /// The spikes of all units, in the order of the table `/units`, one neuron a unit.
  ///
  /// The recording lasts from the first to the last of what the file says was observed
  /// (`/units/obs_intervals`, of all units together: pauses within, and units that were observed for a
  /// shorter time, are not told apart). Where it says nothing, it lasts from 0, or the first spike if
  /// that is earlier, to the last of the ends of spikes and time series, templates left out. In either
  /// case it is extended to hold all spikes: those of real recordings may lie a little outside.
  ///
  /// - Throws: `invalidData`, with the path within the file, where there are no units, where
  ///   `spike_times_index` does not divide `spike_times`, and where a time is not finite.
  /// - Complexity: O(spikes), O(spikes log spikes) where those of a unit are not in order.
  public func units() throws(SpikingError) -> Recording {
    guard file.exists(Self.spikeTimes) else {
      throw SpikingError(
        .invalidData, path, found: "no units",
        expected: "\(Self.spikeTimes), where NWB 2 has the spikes of units")
    }
    let seconds = try file.realColumn(Self.spikeTimes)
    if let index = seconds.firstIndex(where: { !($0 * 1000).isFinite }) {
      throw file.failure(
        "\(Self.spikeTimes)[\(index)]", found: seconds[index], expected: "a time in s")
    }
    let offsets = try offsets(spikeCount: seconds.count)
    var times = seconds.map { $0 * 1000 }
    for (first, end) in zip(offsets, offsets.dropFirst()) {
      let train = times[first..<end]
      if zip(train, train.dropFirst()).contains(where: { $0 > $1 }) { times[first..<end].sort() }
    }
    var (start, stop) = (0.0, 0.0)
    if let observed = try observedTimes() {
      (start, stop) = observed
    } else {
      stop = try endOfSeries()
    }
    do {
      return try Recording(
        times: times, offsets: offsets, start: min(start, times.min() ?? start),
        stop: max(stop, times.max() ?? stop))
    } catch {
      throw error.within(path)
    }
  }

  private static var spikeTimes: String { "/units/spike_times" }

  /// Where the spikes of each unit begin, and their number: NWB stores where they end.
  private func offsets(spikeCount: Int) throws(SpikingError) -> [Int] {
    let name = Self.spikeTimes + "_index"
    let ends = try file.integerColumn(name)
    guard !ends.isEmpty else {
      throw file.failure(name, found: "no units", expected: "at least one")
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

  /// The first and the last time, in ms, at which any unit was observed; nil where that is not told.
  private func observedTimes() throws(SpikingError) -> (start: Double, stop: Double)? {
    let name = "/units/obs_intervals"
    guard file.exists(name) else { return nil }
    let intervals = try file.reals(name)
    guard intervals.shape.count == 2, intervals.shape[1] == 2 else {
      throw file.failure(name, found: "shape \(intervals.shape)", expected: "[intervals, 2]")
    }
    var hull: (start: Double, stop: Double)?
    for index in stride(from: 0, to: intervals.values.count, by: 2) {
      let (start, stop) = (intervals.values[index] * 1000, intervals.values[index + 1] * 1000)
      guard start.isFinite, stop.isFinite, start <= stop else {
        throw file.failure(
          "\(name)[\(index / 2)]",
          found: "\(intervals.values[index]) to \(intervals.values[index + 1])",
          expected: "times in s, start ≤ stop")
      }
      hull = (min(hull?.start ?? start, start), max(hull?.stop ?? stop, stop))
    }
    return hull
  }

  /// The last end of a time series, in ms; 0 without any. Templates have times of their own.
  private func endOfSeries() throws(SpikingError) -> Double {
    var end = 0.0
    for name in try seriesNames where !name.hasPrefix("/stimulus/templates/") {
      end = max(end, try description(ofSeries: name).stop)
    }
    return end
  }
}
