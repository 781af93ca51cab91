internal import SpikingFramework
internal import SpikingRecordings

/// Spikes as two columns, of times and of units, of a file that says nothing of when it begins and ends.
struct ColumnRecording {
  /// In ms.
  let times: [Double]
  /// The units of the spikes; nil where all are of one without a name.
  let units: UnitNumbers?

  /// A recording from 0, or the first spike where that is earlier, to the last; from the first where its clock counts from elsewhere. What is
  /// called by numbers has these in a column `id`, other names are in a column `name`.
  ///
  /// - Parameter columns: what else is known of the units, in their order.
  /// - Complexity: O(spikes), O(spikes · log spikes) where they are not in order.
  func recording(
    source: String, columns: [Column] = [], notices: [Irregularity]
  ) throws(SpikingError) -> Recording {
    var (sorted, offsets) = byUnit
    let unsorted = sorted.sortTrains(offsets)
    let first = times.min() ?? 0
    let last = times.max() ?? 0
    let isElsewhere = first <= last && (first...last).isOnAnotherClock(than: 0...0)
    let spikes = try SpikeTrains(
      times: sorted, offsets: offsets, start: isElsewhere ? first : min(0, first),
      stop: max(last, isElsewhere ? last : 0))
    let table = try Table((units.map { [$0.column] } ?? []) + columns, rowCount: spikes.neuronCount)
    return try Recording(
      spikes, units: table, source: source,
      notices: notices + (unsorted.isEmpty ? [] : [.unsortedSpikes(ofUnits: unsorted)]))
  }

  /// The times unit by unit, and where each unit begins.
  private var byUnit: (times: [Double], offsets: [Int]) {
    guard let units else { return (times, [0, times.count]) }
    var places = [Int](repeating: 0, count: units.names.count)
    for (place, number) in units.order.enumerated() { places[number] = place }
    var counts = [Int](repeating: 0, count: places.count)
    for number in units.ofSpikes { counts[places[Int(number)]] += 1 }
    var sort = CountingSort(counts: counts)
    var sorted = [Double](repeating: 0, count: times.count)
    for (number, time) in zip(units.ofSpikes, times) {
      sorted[sort.place(of: places[Int(number)])] = time
    }
    return (sorted, sort.offsets)
  }
}
