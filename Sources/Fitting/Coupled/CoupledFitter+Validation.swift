internal import SpikingFramework

extension CoupledFitter {
  /// The same fitter, whose stimuli and offsets are 0 outside the segments where they have no value.
  ///
  /// - Throws: `invalidParameter` or `invalidData` where settings contradict each other or the recording.
  func validated(
    for spikes: BinnedSpikes, segments: [Range<Int>]
  ) throws(SpikingError) -> Self {
    try validateSettings(for: spikes)
    var fitter = self
    for (number, stimulus) in stimuli.enumerated() {
      fitter.stimuli[number].values = try checked(
        stimulus.values, "stimulus \(number) (\(stimulus.name))", spikes, segments)
    }
    for (neuron, offset) in offsets.enumerated() {
      // What is known of all neurons alike is in memory once.
      fitter.offsets[neuron] =
        neuron > 0 && offset == offsets[neuron - 1]
        ? fitter.offsets[neuron - 1]
        : try checked(offset, "offsets[\(neuron)]", spikes, segments)
    }
    return fitter
  }

  private func validateSettings(for spikes: BinnedSpikes) throws(SpikingError) {
    try nonlinearity.validate()
    try emission.validate()
    try penaltyRule.validate()
    if hasStandardErrors, penaltyRule.isSparse {
      throw SpikingError(
        .invalidParameter, "standard errors", found: "a lasso",
        expected:
          "none: under it estimates have no standard errors. Fit its couplings again, with a mask")
    }
    if hasStandardErrors, !signs.isEmpty {
      throw SpikingError(
        .invalidParameter, "standard errors", found: "signs",
        expected: "none: an estimate at its bound has no standard error")
    }
    if let stableRate, !(stableRate > 0 && stableRate.isFinite) {
      throw SpikingError(
        .invalidParameter, "stableRate", found: stableRate, expected: "a positive rate in Hz")
    }
    if stableRate != nil, penaltyRule.isSparse || !signs.isEmpty || hasStandardErrors {
      throw SpikingError(
        .invalidParameter, "stableRate", found: "a lasso, signs or standard errors",
        expected: "none of them: filters are held at a bound by a smooth search")
    }
    let count = spikes.neuronCount
    if let mask, mask.neuronCount != count {
      throw SpikingError(
        .invalidData, "mask", found: "\(mask.neuronCount) neurons",
        expected: "\(count), as in the recording")
    }
    guard signs.isEmpty || signs.count == count else {
      throw SpikingError(
        .invalidData, "signs", found: "\(signs.count) of them",
        expected: "1, -1 or 0 for each of \(count) neurons")
    }
    if let neuron = signs.firstIndex(where: { !(-1...1 ~= $0) }) {
      throw SpikingError(
        .invalidData, "signs[\(neuron)]", found: signs[neuron], expected: "1, -1 or 0")
    }
    guard offsets.isEmpty || offsets.count == count else {
      throw SpikingError(
        .invalidData, "offsets", found: "\(offsets.count) of them",
        expected: "one for each of \(count) neurons")
    }
  }

  /// Which neurons are fitted, all by default, and on how many threads.
  static func schedule(
    _ neurons: [Int]?, of spikes: BinnedSpikes, _ execution: Execution
  ) throws(SpikingError) -> (neurons: [Int], threads: Int) {
    let threads = try execution.threadCount()
    let neurons = neurons ?? Array(0..<spikes.neuronCount)
    for neuron in neurons { try check(neuron: neuron, of: spikes) }
    return (neurons, threads)
  }

  /// - Throws: `invalidParameter` where there is no such neuron.
  static func check(neuron: Int, of spikes: BinnedSpikes) throws(SpikingError) {
    guard 0..<spikes.neuronCount ~= neuron else {
      throw SpikingError(
        .invalidParameter, "neurons", found: "neuron \(neuron)",
        expected: "0 to \(spikes.neuronCount - 1)")
    }
  }

  /// Values that are all finite: those of the segments must be, the others may be missing.
  private func checked(
    _ values: [Double], _ subject: String, _ spikes: BinnedSpikes, _ segments: [Range<Int>]
  ) throws(SpikingError) -> [Double] {
    guard values.count == spikes.binCount else {
      throw SpikingError(
        .invalidData, subject, found: "\(values.count) values",
        expected: "\(spikes.binCount), one for each bin of the recording")
    }
    if values.allSatisfy(\.isFinite) { return values }
    let bins = segments.lazy.flatMap { $0.clamped(to: values.indices) }
    if let bin = bins.first(where: { !values[$0].isFinite }) {
      throw SpikingError(
        .invalidData, "\(subject), bin \(bin)", found: values[bin],
        expected: "a finite number, or segments without the bin (Segments)")
    }
    return values.map { $0.isFinite ? $0 : 0 }
  }
}
