/// What stopped a network, and after which bin.
enum Halt: Sendable {
  /// A mean count that cannot be drawn from.
  case fault(BinSpikes.Fault, bin: Int)
  /// More spikes than the bound allows in the window of bins that ends with `bin`.
  case rate(spikes: Int, window: Int, bin: Int)

  /// The bin.
  var bin: Int {
    switch self {
    case .fault(_, let bin), .rate(_, _, let bin): bin
    }
  }

  /// The error that says so: which network, when, and how strongly its spikes make others.
  func error(
    _ subject: String, _ network: Connectivity, of model: some SpikingModel, maximumRate: Double
  ) -> SpikingError {
    let dt = model.dt
    let cause = "the activity ran away (\(model.feedback(in: network)))"
    switch self {
    case .fault(let fault, let bin):
      return SpikingError(
        .runaway, subject,
        found: "a mean count of \(fault.mean) for neuron \(fault.neuron) at \(Double(bin) * dt) ms",
        expected: "0 to \(BinSpikes.maximumCount): \(cause)")
    case .rate(let spikes, let window, let bin):
      let duration = Double(window) * dt
      let rate = 1000 * Double(spikes) / Double(network.neuronCount) / duration
      let stop = Double(bin + 1) * dt
      return SpikingError(
        .runaway, subject,
        found:
          "\((rate * 1000).rounded() / 1000) Hz a neuron from \(stop - duration) to \(stop) ms",
        expected: "at most \(maximumRate) Hz, the bound of the run: \(cause)")
    }
  }
}
