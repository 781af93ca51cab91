/// Spike times of a population, in ms: recorded, or read off a simulation.
///
/// Times are kept as two flat columns, all spikes neuron by neuron, so that a recording of
/// thousands of neurons loads as fast as it is read. Neurons that were not observed throughout have
/// their stretches of observation: what lies between is a pause, neither silence nor an interval.
///
/// It is a collection of trains, the times of one neuron each:
///
/// ```swift
/// let counts = recording.map(\.count)
/// let last = recording[3].last  // of neuron 3; nil where it is silent
/// ```
public struct SpikeTrains: Hashable, Sendable {
  /// All spike times in ms, neuron by neuron, ascending within each.
  public let times: [Double]
  /// Neuron i has the times `offsets[i]..<offsets[i + 1]`.
  public let offsets: [Int]
  /// When the recording begins, in ms.
  public let start: Double
  /// When it ends, in ms.
  public let stop: Double
  /// For each neuron the stretches of time in ms in which it was observed, ascending and apart from
  /// each other; empty where all were observed from start to stop.
  public let observations: [[ClosedRange<Double>]]

  /// A recording from one ascending list of times (ms) for each neuron.
  ///
  /// - Parameter observations: for each neuron when it was observed, in any order; none where all
  ///   were observed from start to stop. Stretches that touch or overlap become one. Spikes may lie
  ///   outside of them, as in real recordings a few do: statistics leave them out.
  /// - Throws: `invalidData` where times are not finite, not ascending, or outside
  ///   `start...stop`, and where observations are not those of as many neurons, or outside.
  public init(
    trains: [[Double]], start: Double, stop: Double, observations: [[ClosedRange<Double>]] = []
  ) throws(SpikingError) {
    var offsets = [0]
    for train in trains { offsets.append(offsets[offsets.count - 1] + train.count) }
    try self.init(
      times: trains.flatMap(\.self), offsets: offsets, start: start, stop: stop,
      observations: observations)
  }

  /// A recording from flat columns.
  ///
  /// - Throws: `invalidData`, as for lists; also where `offsets` do not divide `times`.
  public init(
    times: [Double], offsets: [Int], start: Double, stop: Double,
    observations: [[ClosedRange<Double>]] = []
  ) throws(SpikingError) {
    guard start.isFinite, stop.isFinite, start <= stop else {
      throw SpikingError(
        .invalidData, "recording", found: inMilliseconds(start, to: stop),
        expected: "start ≤ stop")
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
            .invalidData, "neuron \(neuron)", found: "a spike at \(inMilliseconds(time))",
            expected:
              "ascending times from \(inMilliseconds(start, to: stop))")
        }
        previous = time
      }
    }
    try Self.check(observations, neuronCount: offsets.count - 1, within: start...stop)
    self.init(
      unchecked: times, offsets: offsets, start: start, stop: stop,
      observations: Self.simplified(observations, whole: start...stop))
  }

  init(
    unchecked times: [Double], offsets: [Int], start: Double, stop: Double,
    observations: [[ClosedRange<Double>]] = []
  ) {
    self.times = times
    self.offsets = offsets
    self.start = start
    self.stop = stop
    self.observations = observations
  }

  /// The number of neurons, silent ones included.
  public var neuronCount: Int { offsets.count - 1 }
  /// The length of the recording in ms.
  public var duration: Double { stop - start }

  /// The recording of some of the neurons, in the order given.
  ///
  /// - Throws: `invalidData` where there is no such neuron.
  public func selecting(_ neurons: some Sequence<Int>) throws(SpikingError) -> SpikeTrains {
    var selected: [Double] = []
    var offsets = [0]
    var observations: [[ClosedRange<Double>]] = []
    for neuron in neurons {
      guard 0..<neuronCount ~= neuron else {
        throw SpikingError(
          .invalidData, "neurons", found: "neuron \(neuron)", expected: "0 to \(neuronCount - 1)")
      }
      selected += self[neuron]
      offsets.append(selected.count)
      if !self.observations.isEmpty { observations.append(self.observations[neuron]) }
    }
    return SpikeTrains(
      unchecked: selected, offsets: offsets, start: start, stop: stop,
      observations: Self.simplified(observations, whole: start...stop))
  }
}

extension SpikeTrains: CustomStringConvertible {
  /// "12 neurons, 0 to 60000 ms, 4711 spikes (6.5 Hz)", the rate that of the spikes while neurons were observed.
  public var description: String {
    let observed = (0..<neuronCount).reduce(into: (spikes: 0, duration: 0.0)) {
      $0.spikes += observedSpikeCount(of: $1)
      $0.duration += observedDuration(of: $1)
    }
    return "\(counted(neuronCount, "neuron")), \(briefly(inMilliseconds: start, to: stop)), "
      + withRate(spikes: observed.spikes, over: observed.duration)
  }
}

extension SpikeTrains: Codable {
  /// - Throws: `invalidData`, as from columns; what the decoder throws.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      times: fields.decode([Double].self, forKey: .times),
      offsets: fields.decode([Int].self, forKey: .offsets),
      start: fields.decode(Double.self, forKey: .start),
      stop: fields.decode(Double.self, forKey: .stop),
      observations: fields.decode([[ClosedRange<Double>]].self, forKey: .observations))
  }
}

extension SpikeTrains: RandomAccessCollection {
  /// The first neuron, 0.
  public var startIndex: Int { 0 }
  /// The number of neurons.
  public var endIndex: Int { neuronCount }

  /// The spike times of one neuron, in ms, ascending.
  public subscript(neuron: Int) -> ArraySlice<Double> {
    times[offsets[neuron]..<offsets[neuron + 1]]
  }
}
