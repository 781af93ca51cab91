internal import Spiking

/// What acts on the neurons of a fit from outside: recorded signals as it filters them for each neuron, and the other terms of
/// its design.
struct FittedStimuli {
  private let fit: CoupledFit
  private var channels: [[Double]]
  private let terms: [BinnedTerm]
  private let offset: [Double]?
  private let binCount: Int
  /// Where something has no value, and so adds nothing, a line each.
  private(set) var notices: [String] = []

  /// - Parameters:
  ///   - fit: the fit.
  ///   - path: its file.
  ///   - recording: where the terms of its design come from; nil where it has none.
  ///   - paths: further arrays [bins] or [channels, bins], in the order in which they were fitted.
  /// - Throws: `invalidData` where there are not as many channels as the fit has; what the terms throw.
  init(
    _ fit: CoupledFit, _ path: String, recording: BinnedRecording?, _ paths: [String]
  ) throws(SpikingError) {
    self.fit = fit
    var inputs: DesignInputs?
    if let design = fit.design, let recording {
      inputs = try SpikingError.within(path, DesignInputs(design, in: recording))
    }
    var channels = inputs?.stimuli.map(\.values) ?? []
    for path in paths { channels += try NumPyArray(contentsOf: path).rows() }
    let lengths = Set(channels.map(\.count) + [recording?.binCount].compactMap(\.self)).sorted()
    guard channels.count == fit.stimuli.count, lengths.count == 1 else {
      throw SpikingError(
        .invalidParameter, "--stimulus",
        found: "\(channels.count) stimuli or channels of \(lengths) bins",
        expected: "\(fit.stimuli.count) of one length, as \(path) has")
    }
    terms = inputs?.terms ?? []
    binCount = lengths[0]
    offset = inputs?.offset.map { $0.map { $0.isNaN ? 0 : $0 } }
    self.channels = channels.map { $0.map { $0.isNaN ? 0 : $0 } }
    for (name, values) in zip(fit.stimulusNames, channels) {
      note(name, missing: values.count(where: \.isNaN))
    }
    for term in terms {
      guard let defined = term.columns.definedBins else { continue }
      note(term.name, missing: binCount - defined.reduce(0) { $0 + $1.count })
    }
  }

  private mutating func note(_ name: String, missing: Int) {
    if missing == 0 { return }
    notices.append("\(name): no value in \(missing) of \(binCount) bins, where it adds nothing")
  }

  /// E_i(t) = Σ_s Σ_k h_is(k) s(t − k) + Σ_terms Σ_j w_ij z_j(t) + offset(t), for each neuron.
  func drives() throws(SpikingError) -> TargetedStimulus {
    let rows = (0..<fit.neuronCount).map { neuron in
      let filters = fit.stimuli.enumerated().map { number, basis in
        basis.filter(fit[neuron]?.weights(of: .stimulus(number)) ?? [])
      }
      var drive =
        channels.isEmpty
        ? offset ?? Array(repeating: 0, count: binCount)
        : Array(FilteredStimulus.convolve(channels, filters).prefix(binCount))
      if let offset, !channels.isEmpty { drive = zip(drive, offset).map { $0 + $1 } }
      for term in terms {
        let weights = fit[neuron]?.weights(of: .term(term.name)) ?? []
        drive = zip(drive, term.columns.drive(weights, binCount: binCount)).map { $0 + $1 }
      }
      return drive
    }
    return TargetedStimulus(LoadedStimulus(try NumericArray(rows: rows), dt: fit.dt), targets: .all)
  }
}
