internal import Spiking

/// What `spiking check` keeps of the prediction of one neuron, which itself has numbers for every bin.
struct CheckedNeuron: Sendable {
  let spikes: Int
  let bins: Int
  let logLikelihood: Double
  let nullLogLikelihood: Double
  let goodness: GoodnessOfFit
  let rescaled: RescaledIntervals
  /// Whether the spikes are those of the fit.
  let isOwn: Bool

  init(
    _ prediction: CoupledPrediction, events: PredictedSpikes.Events, seed: UInt64, isOwn: Bool
  ) throws(SpikingError) {
    spikes = prediction.spikeCount
    bins = prediction.counts.count
    logLikelihood = prediction.logLikelihood
    nullLogLikelihood = prediction.nullLogLikelihood
    goodness = try prediction.goodness()
    rescaled = TimeRescaling(seed: seed, gaps: .joined).analyze(try prediction.spikes(events))
    self.isOwn = isOwn
  }
}
