internal import Spiking

/// What `statistics.json` holds: a row for each neuron, null where a statistic is undefined.
struct NeuronTable: Encodable {
  let neurons: [Row]
  let seed: UInt64?
  let version = spikingVersion

  /// The table of a recording whose neurons go by the numbers `neurons`.
  init(
    _ recording: SpikeTrains, neurons: [Int], seed: UInt64?, withIntervals: Bool
  ) throws(SpikingError) {
    self.seed = seed
    self.neurons = zip(neurons, try IntervalStatistics().analyze(recording)).map {
      Row(neuron: $0, statistics: $1, hasIntervals: withIntervals)
    }
  }

  struct Row: Encodable {
    let neuron: Int
    let statistics: IntervalStatistics.Neuron
    let hasIntervals: Bool

    enum Key: String, CodingKey {
      case neuron, spikes, rateHz, isiMeanMs, cv, cv2, lv, lvr
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(neuron, forKey: .neuron)
      try container.encode(statistics.spikes, forKey: .spikes)
      try container.encode(defined(statistics.rate), forKey: .rateHz)
      guard hasIntervals else { return }
      try container.encode(defined(statistics.meanInterval), forKey: .isiMeanMs)
      try container.encode(defined(statistics.cv), forKey: .cv)
      try container.encode(defined(statistics.cv2), forKey: .cv2)
      try container.encode(defined(statistics.lv), forKey: .lv)
      try container.encode(defined(statistics.lvR), forKey: .lvr)
    }
  }
}

/// A number as it stands in a file: nil, which is null there, where it is not finite.
func defined(_ value: Double?) -> Double? {
  value.flatMap { $0.isFinite ? $0 : nil }
}
