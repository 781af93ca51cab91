internal import SpikingFramework
internal import SpikingRecordings

/// Spikes as two columns, of times and of neurons, of a file that says nothing of when it begins and ends.
struct ColumnRecording {
  /// In ms.
  let times: [Double]
  let neurons: [UInt32]
  /// What the neurons are called, whose order is that of these numbers or, where they are all whole ones, that of their names; none for one neuron without a name.
  let names: [String]

  /// A recording from 0, or the first spike where that is earlier, to the last; from the first where its clock counts from elsewhere. What is
  /// called by numbers has these in a column `id`, other names are in a column `name`.
  func recording(
    source: String, columns: [Column] = [], notices: [Irregularity]
  ) throws(SpikingError) -> Recording {
    let ids = names.compactMap { Int($0) }
    let isNumbered = ids.count == names.count
    let order =
      isNumbered
      ? names.indices.sorted { ids[$0] < ids[$1] } : names.indices.sorted { names[$0] < names[$1] }
    var places = [UInt32](repeating: 0, count: max(names.count, 1))
    for (place, neuron) in order.enumerated() { places[neuron] = UInt32(place) }
    var sort = CountingSort(of: neurons.map { places[Int($0)] }, below: places.count)
    var sorted = [Double](repeating: 0, count: times.count)
    for (neuron, time) in zip(neurons, times) {
      sorted[sort.place(of: Int(places[Int(neuron)]))] = time
    }
    let unsorted = sorted.sortTrains(sort.offsets)
    let first = times.min() ?? 0
    let last = times.max() ?? 0
    let isElsewhere = first <= last && (first...last).isOnAnotherClock(than: 0...0)
    let spikes = try SpikeTrains(
      times: sorted, offsets: sort.offsets, start: isElsewhere ? first : min(0, first),
      stop: max(last, isElsewhere ? last : 0))
    let named: [Column] =
      names.isEmpty
      ? []
      : [
        isNumbered
          ? Column("id", .integers(order.map { ids[$0] }))
          : Column("name", .texts(order.map { names[$0] }))
      ]
    let table = try Table(named + columns, rowCount: spikes.neuronCount)
    return try Recording(
      spikes, units: table, source: source,
      notices: notices + (unsorted.isEmpty ? [] : [.unsortedSpikes(ofUnits: unsorted)]))
  }
}
