public import SpikingFramework
public import SpikingModels
internal import SpikingNumerics

extension CoupledFitter {
  /// A fitted network as a model for the simulator.
  ///
  /// ```swift
  /// let model = try fitter.model(of: fit)
  /// let again = try await Simulator(model).run([try model.network()], steps: 10_000, seed: 0)
  /// ```
  ///
  /// What stimuli and offsets add is not part of it. See `Stability` before it is run: the likelihood
  /// does not know what a network does when it is left to itself.
  ///
  /// - Parameters:
  ///   - fit: a fit of all neurons of the network.
  ///   - network: its number in the recording.
  /// - Throws: `invalidData` where a neuron was not fitted.
  public func model(
    of fit: CoupledFit, network: Int = 0
  ) throws(SpikingError) -> CoupledGLM<InverseLink, EmissionModel> {
    let neurons = Array(fit.networkOffsets[network]..<fit.networkOffsets[network + 1])
    let window = max(fit.history?.window ?? 0, fit.coupling?.window ?? 0)
    var baselines: [Double] = []
    for neuron in neurons {
      guard let fitted = fit[neuron] else {
        throw SpikingError(
          .invalidData, "fit", found: "no fit of neuron \(neuron)",
          expected: "fits of all neurons of the network")
      }
      baselines.append(fitted.baseline)
    }
    let filters = neurons.flatMap { source in
      neurons.flatMap { target in
        let filter = fit.filter(from: source, to: target)
        return filter + Array(repeating: 0, count: window - filter.count)
      }
    }
    return try CoupledGLM(
      nonlinearity, emission, dt: fit.dt, baselines: baselines, filters: filters, window: window)
  }
}
