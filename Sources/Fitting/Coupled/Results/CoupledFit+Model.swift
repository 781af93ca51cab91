public import SpikingFramework
public import SpikingModels

extension CoupledFit {
  /// The fitted network as a model for the simulator.
  ///
  /// ```swift
  /// let model = try fit.model()
  /// let again = try await Simulator(model).run([try model.network()], steps: 10_000, seed: 0)
  /// ```
  ///
  /// What stimuli and offsets add is not part of it. See `stability` before it is run: the likelihood
  /// does not know what a network does when it is left to itself.
  ///
  /// - Parameter network: its number in the recording; all neurons by default.
  /// - Throws: `invalidData` where a neuron was not fitted.
  public func model(network: Int? = nil) throws(SpikingError) -> CoupledGLM {
    let neurons = Array(
      network.map { networkOffsets[$0]..<networkOffsets[$0 + 1] } ?? 0..<neuronCount)
    let window = max(history?.window ?? 0, coupling?.window ?? 0)
    var baselines: [Double] = []
    for neuron in neurons {
      guard let fitted = self[neuron] else {
        throw SpikingError(
          .invalidData, "fit", found: "no fit of neuron \(neuron)",
          expected: "fits of all neurons of the network")
      }
      baselines.append(fitted.baseline)
    }
    let filters = neurons.flatMap { source in
      neurons.flatMap { target in
        let filter = filter(from: source, to: target)
        return filter + Array(repeating: 0, count: window - filter.count)
      }
    }
    return try CoupledGLM(
      nonlinearity, emission, dt: dt, baselines: baselines, filters: filters, window: window)
  }

  /// How stable the fitted network is at the rates that were recorded.
  ///
  /// - Parameter network: its number in the recording.
  /// - Throws: as `model` and `Stability.init(of:at:)`.
  public func stability(network: Int = 0) throws(SpikingError) -> Stability {
    try Stability(of: model(network: network), at: rates(ofNetwork: network))
  }
}
