internal import SpikingFramework
internal import SpikingRecordings

extension EventFiles {
  /// How many spikes are sorted at a time: 128 MB of times.
  private static var sortedLength: Int { 1 << 24 }
  private static var readLength: Int { 1 << 16 }

  /// Makes the NWB file of the events so far at `path`: each neuron a unit, which fires at the beginnings of its bins.
  ///
  /// The events are read once to count those of each neuron, and again for as many neurons as have 2²⁴ spikes.
  ///
  /// - Parameters:
  ///   - run: what the events are of; its own are left out.
  ///   - command: the command that simulated them, if any.
  /// - Throws: `unwritableFile`, as when the disk is full.
  /// - Complexity: O(events · (1 + spikes / 2²⁴)); memory for 2²⁴ spikes, or those of one neuron.
  mutating func writeUnits(
    _ run: BinnedSpikes, binCount: Int, command: String?, to path: String
  ) throws(SpikingError) {
    let columns = try complete()
    var ends = [Int](repeating: 0, count: run.neuronCount)
    try Self.forEachEvent(of: columns) { neuron, _, count in ends[neuron] += count }
    var end = 0
    for neuron in ends.indices {
      end += ends[neuron]
      ends[neuron] = end
    }
    var session = NWBSession(description: "A simulation by swift-spiking \(spikingVersion).")
    session.start = NWBSession.now
    session.notes = NWBWriter.notes(of: run, binCount: binCount)
    session.script = command.map { ($0, "spiking") }
    session.subject = .simulation
    var writer = try NWBWriter(path, session)
    let table = try Table(
      [NWBWriter.networkColumn(of: run)].compactMap(\.self), rowCount: run.neuronCount)
    let whole = [0...Double(binCount) * run.dt]
    try writer.addUnits(
      table, ends: ends, observed: Array(repeating: whole, count: run.neuronCount),
      resolution: run.dt
    ) { (file: inout HDF5Writer) throws(SpikingError) in
      var first = 0
      while first < ends.count {
        let start = first == 0 ? 0 : ends[first - 1]
        var last = first + 1
        while last < ends.count, ends[last] - start <= Self.sortedLength { last += 1 }
        try file.append(
          Self.times(of: first..<last, from: start, ends: ends, dt: run.dt, columns))
        first = last
      }
    }
    try writer.finish()
  }

  /// The times of the spikes of some neurons in s, neuron by neuron.
  private static func times(
    of part: Range<Int>, from start: Int, ends: [Int], dt: Double,
    _ columns: Places
  ) throws(SpikingError) -> [Double] {
    var places = part.map { $0 == 0 ? 0 : ends[$0 - 1] - start }
    var times = [Double](repeating: 0, count: ends[part.upperBound - 1] - start)
    try forEachEvent(of: columns) { neuron, bin, count in
      guard part ~= neuron else { return }
      let time = Seconds.from(milliseconds: Double(bin) * dt)
      for _ in 0..<count {
        times[places[neuron - part.lowerBound]] = time
        places[neuron - part.lowerBound] += 1
      }
    }
    return times
  }

  private static func forEachEvent(
    of columns: Places,
    _ body: (_ neuron: Int, _ bin: UInt64, _ count: Int) -> Void
  ) throws(SpikingError) {
    let neurons = try ColumnReader<UInt32>(columns.neurons)
    let bins = try ColumnReader<UInt64>(columns.bins)
    let counts = try ColumnReader<UInt16>(columns.counts)
    while true {
      let block = (
        try neurons.next(readLength), try bins.next(readLength), try counts.next(readLength)
      )
      if block.0.isEmpty { return }
      for index in block.0.indices {
        body(Int(block.0[index]), block.1[index], Int(block.2[index]))
      }
    }
  }
}
