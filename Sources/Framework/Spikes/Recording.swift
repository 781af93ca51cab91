/// Spike times of a population, in ms: recorded, or read off a simulation.
///
/// Times are kept as two flat columns, all spikes neuron by neuron, so that a recording of
/// thousands of neurons loads as fast as it is read.
public struct Recording: Hashable, Sendable {
  /// All spike times in ms, neuron by neuron, ascending within each.
  public let times: [Double]
  /// Neuron i has the times `offsets[i]..<offsets[i + 1]`.
  public let offsets: [Int]
  /// When the recording begins, in ms.
  public let start: Double
  /// When it ends, in ms.
  public let stop: Double

  /// A recording from one ascending list of times (ms) for each neuron.
  ///
  /// - Throws: `invalidData` where times are not finite, not ascending, or outside
  ///   `start...stop`.
  public init(trains: [[Double]], start: Double, stop: Double) throws(SpikingError) {
    var offsets = [0]
    for train in trains { offsets.append(offsets[offsets.count - 1] + train.count) }
    try self.init(times: trains.flatMap(\.self), offsets: offsets, start: start, stop: stop)
  }

  /// A recording from flat columns.
  ///
  /// - Throws: `invalidData`, as for lists; also where `offsets` do not divide `times`.
  public init(
    times: [Double], offsets: [Int], start: Double, stop: Double
  ) throws(SpikingError) {
    guard start.isFinite, stop.isFinite, start <= stop else {
      throw SpikingError(
        .invalidData, "recording", found: "\(start) to \(stop) ms", expected: "start ≤ stop")
    }
    guard offsets.first == 0, offsets.last == times.count,
      zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 })
    else {
      throw SpikingError(.invalidData, "recording", "the offsets do not divide the times")
    }
    for neuron in 0..<offsets.count - 1 {
      var previous = start
      for time in times[offsets[neuron]..<offsets[neuron + 1]] {
        guard time >= previous, time <= stop else {
          throw SpikingError(
            .invalidData, "neuron \(neuron)", found: "a spike at \(time) ms",
            expected: "ascending times from \(start) to \(stop) ms")
        }
        previous = time
      }
    }
    self.init(unchecked: times, offsets: offsets, start: start, stop: stop)
  }

  init(unchecked times: [Double], offsets: [Int], start: Double, stop: Double) {
    self.times = times
    self.offsets = offsets
    self.start = start
    self.stop = stop
  }

  /// The number of neurons, silent ones included.
  public var neuronCount: Int { offsets.count - 1 }
  /// The length of the recording in ms.
  public var duration: Double { stop - start }

  /// The spike times of one neuron, in ms, ascending.
  public subscript(neuron: Int) -> ArraySlice<Double> {
    times[offsets[neuron]..<offsets[neuron + 1]]
  }

  /// The recording of some of the neurons, in the order given.
  ///
  /// - Throws: `invalidData` where there is no such neuron.
  public func selecting(_ neurons: some Sequence<Int>) throws(SpikingError) -> Recording {
    var selected: [Double] = []
    var offsets = [0]
    for neuron in neurons {
      guard 0..<neuronCount ~= neuron else {
        throw SpikingError(
          .invalidData, "neurons", found: "neuron \(neuron)", expected: "0 to \(neuronCount - 1)")
      }
      selected += self[neuron]
      offsets.append(selected.count)
    }
    return Recording(unchecked: selected, offsets: offsets, start: start, stop: stop)
  }
}
