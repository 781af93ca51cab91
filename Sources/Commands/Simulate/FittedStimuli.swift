internal import Spiking

/// Recorded stimuli of a fit, as it filters them for each neuron.
struct FittedStimuli {
  private let fit: CoupledFit
  private let channels: [[Double]]

  /// - Parameter paths: arrays [bins] or [channels, bins], in the order in which they were fitted.
  /// - Throws: `invalidData` where there are not as many channels as the fit has.
  init(_ fit: String, _ paths: [String]) throws(SpikingError) {
    self.fit = try CoupledFit(contentsOf: fit, catalogue: .current)
    var channels: [[Double]] = []
    for path in paths {
      let array = try NumPyArray(contentsOf: path)
      guard 1...2 ~= array.shape.count, let length = array.shape.last, length > 0 else {
        throw array.error("shape", found: array.shape, expected: "[bins] or [channels, bins]")
      }
      let values = try array.doubles()
      channels += stride(from: 0, to: values.count, by: length).map {
        Array(values[$0..<$0 + length])
      }
    }
    guard channels.count == self.fit.stimuli.count,
      Set(channels.map(\.count)).count == 1
    else {
      throw SpikingError(
        .invalidParameter, "--stimulus",
        found:
          "\(channels.count) stimuli or channels of \(Set(channels.map(\.count)).sorted()) bins",
        expected: "\(self.fit.stimuli.count) of one length, as \(fit) has")
    }
    self.channels = channels
  }

  /// E_i(t) = Σ_s Σ_k h_is(k) s(t − k), for each neuron.
  func drives() throws(SpikingError) -> TargetedStimulus {
    let length = channels[0].count
    var rows: [[Double]] = []
    for neuron in 0..<fit.neuronCount {
      var row = [Double](repeating: 0, count: length)
      for (number, basis) in fit.stimuli.enumerated() {
        let taps = basis.filter(fit[neuron]?.weights(of: .stimulus(number)) ?? [])
        for (lag, tap) in taps.enumerated() where tap != 0 {
          for bin in lag..<max(lag, length) { row[bin] += tap * channels[number][bin - lag] }
        }
      }
      rows.append(row)
    }
    return TargetedStimulus(LoadedStimulus(try NumericArray(rows: rows), dt: fit.dt), targets: .all)
  }
}
