internal import Spiking

/// Recorded stimuli of a fit, as it filters them for each neuron.
struct FittedStimuli {
  private let fit: CoupledFit
  private let channels: [[Double]]

  /// - Parameters:
  ///   - fit: the fit.
  ///   - path: its file.
  ///   - paths: arrays [bins] or [channels, bins], in the order in which they were fitted.
  /// - Throws: `invalidData` where there are not as many channels as the fit has.
  init(_ fit: CoupledFit, _ path: String, _ paths: [String]) throws(SpikingError) {
    self.fit = fit
    var channels: [[Double]] = []
    for path in paths { channels += try NumPyArray(contentsOf: path).rows() }
    let lengths = Set(channels.map(\.count)).sorted()
    guard channels.count == fit.stimuli.count, lengths.count == 1 else {
      throw SpikingError(
        .invalidParameter, "--stimulus",
        found: "\(channels.count) stimuli or channels of \(lengths) bins",
        expected: "\(fit.stimuli.count) of one length, as \(path) has")
    }
    self.channels = channels
  }

  /// E_i(t) = Σ_s Σ_k h_is(k) s(t − k), for each neuron.
  func drives() throws(SpikingError) -> TargetedStimulus {
    let rows = (0..<fit.neuronCount).map { neuron in
      let filters = fit.stimuli.enumerated().map { number, basis in
        basis.filter(fit[neuron]?.weights(of: .stimulus(number)) ?? [])
      }
      return Array(FilteredStimulus.convolve(channels, filters).prefix(channels[0].count))
    }
    return TargetedStimulus(LoadedStimulus(try NumericArray(rows: rows), dt: fit.dt), targets: .all)
  }
}
