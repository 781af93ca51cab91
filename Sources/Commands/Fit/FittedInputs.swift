internal import Spiking

/// What a fit depends on beside spikes, in a recording.
struct FittedInputs {
  /// A value of each stimulus for each bin.
  let stimuli: [[Double]]
  let terms: [BinnedTerm]
}

extension FittedData {
  /// What the terms of a fit, and the stimuli of the command line, are in this recording.
  ///
  /// - Parameter path: the file of the fit.
  /// - Throws: what the terms throw; `invalidParameter` where stimuli are missing.
  mutating func inputs(of fit: CoupledFit, _ path: String) throws(SpikingError) -> FittedInputs {
    var (own, terms): ([[Double]], [BinnedTerm]) = ([], [])
    if let design = fit.design {
      let inputs = try SpikingError.within(path, DesignInputs(design, in: binned))
      try add(inputs)
      own = inputs.stimuli.map(\.values)
      terms = inputs.terms
    }
    guard own.count + stimuli.count == fit.stimuli.count else {
      throw SpikingError(
        .invalidParameter, "--stimulus", found: "\(stimuli.count) stimuli or channels",
        expected: "\(fit.stimuli.count - own.count), as \(path) has")
    }
    return FittedInputs(stimuli: own + stimuli.map(\.values), terms: terms)
  }
}
