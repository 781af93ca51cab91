internal import Spiking

/// What `statistics.json` holds: a row for each neuron, null where a statistic is undefined.
struct NeuronTable: Encodable {
  let neurons: [Row]
  let seed: UInt64?
  let version = spikingVersion

  init(_ recording: Recording, seed: UInt64?, withIntervals: Bool) throws(SpikingError) {
    self.seed = seed
    neurons = try IntervalStatistics().analyze(recording).map {
      Row(statistics: $0, hasIntervals: withIntervals)
    }
  }

  struct Row: Encodable {
    let statistics: IntervalStatistics.Neuron
    let hasIntervals: Bool

    enum Key: String, CodingKey {
      case neuron, spikes, rateHz, isiMeanMs, cv, cv2, lv, lvr
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(statistics.neuron, forKey: .neuron)
      try container.encode(statistics.spikes, forKey: .spikes)
      try container.encode(statistics.rate, forKey: .rateHz)
      guard hasIntervals else { return }
      try container.encode(statistics.meanInterval, forKey: .isiMeanMs)
      try container.encode(statistics.cv, forKey: .cv)
      try container.encode(statistics.cv2, forKey: .cv2)
      try container.encode(statistics.lv, forKey: .lv)
      try container.encode(statistics.lvR, forKey: .lvr)
    }
  }
}
