import Foundation
import Spiking

/// The random networks that are measured: normal weights of standard deviation 5/√N.
struct ReferenceNetwork {
  let neurons: Int
  let sparsity: Double
  /// The length of a timed run: about a tenth of a second, or long against what two threads need
  /// to begin with.
  let bins: Int
  /// What a bin of `BernoulliGLM` on one thread should take at most, in µs.
  let aim: Double

  static let all = [
    ReferenceNetwork(neurons: 50, sparsity: 0.75, bins: 500_000, aim: 0.15),
    ReferenceNetwork(neurons: 500, sparsity: 0.75, bins: 60_000, aim: 1.2),
    ReferenceNetwork(neurons: 1000, sparsity: 0.75, bins: 30_000, aim: 2.5),
    ReferenceNetwork(neurons: 5000, sparsity: 0.9, bins: 4000, aim: 24),
    ReferenceNetwork(neurons: 20_000, sparsity: 0.98, bins: 1000, aim: 100),
    ReferenceNetwork(neurons: 100_000, sparsity: 0.99, bins: 400, aim: 1500),
  ]

  /// The network; that of 100 000 neurons, with 10⁸ synapses, takes some seconds.
  func network() throws -> Connectivity {
    try NormalGenerator(neurons: neurons, std: 5, sparsity: sparsity, glorot: true)
      .connectivity(random: RandomSource(seed: 0))
  }

  /// The exponential model at 6 to 7 Hz in these networks, as `BernoulliGLM` is. With weights of full
  /// strength it would run away in the smallest.
  static var poisson: PoissonGLM {
    var model = PoissonGLM()
    model.b = -0.43
    model.r = 0.2
    return model
  }

  /// A network in which a neuron has `fanOut` synapses on average.
  static func network(neurons: Int, fanOut: Int) throws -> Connectivity {
    try NormalGenerator(
      neurons: neurons, std: 5, sparsity: 1 - Double(fanOut) / Double(neurons - 1), glorot: true
    ).connectivity(random: RandomSource(seed: 0))
  }

  func name(with model: some CascadeModel) -> String {
    "\(neurons) neurons, \(type(of: model))"
  }
}
