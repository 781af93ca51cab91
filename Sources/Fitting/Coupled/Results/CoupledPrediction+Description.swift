internal import SpikingFramework

extension CoupledPrediction: CustomStringConvertible {
  /// "neuron 3: 411 spikes in 50000 bins, 405 expected, log-likelihood −1234.5".
  public var description: String {
    "neuron \(neuron): \(counted(spikeCount, "spike")) in \(counted(counts.count, "bin")), "
      + "\(brief(means.reduce(0, +), digits: 3)) expected, "
      + "log-likelihood \(brief(logLikelihood, digits: 5))"
  }
}
