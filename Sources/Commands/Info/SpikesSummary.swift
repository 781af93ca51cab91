internal import Spiking

/// Spikes in bins.
struct BinnedSpikesSummary: Summary {
  let file: String
  let kind = "spikes in bins"
  let spikes: Int
  let neurons: Int
  let networks: Int
  let bins: Int
  let dtMs: Double
  let rateHz: Double?
  let seed: UInt64?
  /// Of a checkpoint, the first bin that was not simulated.
  let checkpointBin: Int?

  init(_ spikes: BinnedSpikes, file: String, checkpoint: Checkpoint?) {
    self.file = file
    checkpointBin = checkpoint?.bin
    self.spikes = spikes.spikeCount
    neurons = spikes.neuronCount
    networks = spikes.networkCount
    bins = spikes.binCount
    dtMs = spikes.dt
    rateHz = hertz(spikes.spikeCount, in: Double(spikes.neuronCount) * spikes.duration)
    seed = spikes.seed
  }

  var lines: [String] {
    let seconds = Double(bins) * dtMs / 1000
    return [
      "\(file): \(spikes) spikes of \(neurons) neurons in \(networks) networks, "
        + "\(bins) bins of \(dtMs) ms (\(significant(seconds)) s), \(rateText(rateHz)), "
        + (seed.map { "seed \($0)" } ?? "seed unknown")
        + (checkpointBin.map { ", a checkpoint at bin \($0)" } ?? "")
    ]
  }
}

/// The times of spikes.
struct SpikeTrainsSummary: Summary {
  let file: String
  let kind = "spike times"
  let spikes: Int
  let neurons: Int
  let startMs: Double
  let stopMs: Double
  let rateHz: Double?

  init(_ trains: SpikeTrains, file: String) {
    let neurons = 0..<trains.neuronCount
    self.file = file
    spikes = trains.times.count
    self.neurons = neurons.count
    startMs = trains.start
    stopMs = trains.stop
    rateHz = hertz(
      neurons.reduce(0) { $0 + trains.observedSpikeCount(of: $1) },
      in: neurons.reduce(0) { $0 + trains.observedDuration(of: $1) })
  }

  var lines: [String] {
    [
      "\(file): \(spikes) spikes of \(neurons) neurons, \(inMilliseconds(startMs, to: stopMs)), "
        + rateText(rateHz)
    ]
  }
}
