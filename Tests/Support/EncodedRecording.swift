package import Spiking

/// The recording of the golden values of encoding models: covariates, licks and trials, in bins of 10 ms.
package struct EncodedRecording: Decodable {
  package let bin: Double
  package let bins: Int
  package let covariates: [String: [Double]]
  package let events: [String: [Double]]
  package let trials: Trials

  package struct Trials: Decodable {
    package let start: [Double]
    package let stop: [Double]
    package let side: [String]
    package let cueTime: [Double]
    package let reward: [Double]

    private enum CodingKeys: String, CodingKey {
      case start, stop, side, reward
      case cueTime = "cue_time"
    }
  }

  /// The session, with the counts of neurons in its bins.
  package func session(_ counts: [[Int]]) throws -> BinnedRecording {
    var neurons: [UInt32] = []
    var times: [UInt32] = []
    var values: [UInt16] = []
    for time in 0..<bins {
      for neuron in counts.indices where counts[neuron][time] > 0 {
        neurons.append(UInt32(neuron))
        times.append(UInt32(time))
        values.append(UInt16(counts[neuron][time]))
      }
    }
    let spikes = try BinnedSpikes(
      neurons: neurons, bins: times, counts: values, binCount: bins, dt: bin,
      networkOffsets: [0, counts.count], seed: nil)
    var session = Recording(spikes, source: "golden")
    for (name, values) in covariates.sorted(by: { $0.key < $1.key }) {
      try session.add(
        RecordedSeries(
          "/processing/behavior/\(name)",
          TimeSeries(values: values, times: .regular(start: 0, step: bin))))
    }
    for (name, times) in events { try session.add(Recording.Events(name, times: times)) }
    try session.add(
      IntervalTable(
        name: "trials", intervals: zip(trials.start, trials.stop).map { $0...$1 },
        table: Table([
          Column("side", .texts(trials.side)), Column("cue_time", .numbers(trials.cueTime)),
          Column("reward", .numbers(trials.reward)),
        ])))
    return BinnedRecording(session, spikes, origin: 0)
  }
}
