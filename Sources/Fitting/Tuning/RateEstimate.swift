public import SpikingFramework

/// The mean rate of all neurons of a run, and how far chance may have taken it.
public struct RateEstimate: Hashable, Sendable {
  /// Spikes a second and neuron; infinity where a network ran away.
  public let rate: Double
  /// The standard error of the rate, in Hz.
  public let standardError: Double

  /// A rate and its standard error, in Hz.
  public init(rate: Double, standardError: Double) {
    self.rate = rate
    self.standardError = standardError
  }

  /// The rate of a run, with the standard error of batch means: each network's run is cut into 20
  /// windows of equal length, and the variance of their rates, network by network, gives that of the
  /// mean. Windows should be long against what the activity remembers. (Law and Kelton 1984.) It is
  /// at least that of one spike: that a short run has none does not say that the rate is exactly 0.
  ///
  /// - Complexity: O(events).
  public init(_ spikes: SpikeTrains) {
    let windows = min(Self.windows, max(spikes.binCount, 1))
    let networks = spikes.networkCount
    var counts = [Int](repeating: 0, count: networks * windows)
    // Of each neuron its network: neurons of an event come from any of them.
    let network = (0..<networks).flatMap { index in
      repeatElement(index, count: spikes.neurons(ofNetwork: index).count)
    }
    for event in spikes.neurons.indices {
      let window = Int(spikes.bins[event]) * windows / max(spikes.binCount, 1)
      counts[network[Int(spikes.neurons[event])] * windows + window] += spikes.count(ofEvent: event)
    }
    var variance = 0.0
    for index in 0..<networks {
      let batch = counts[index * windows..<(index + 1) * windows].map(Double.init)
      let mean = batch.reduce(0, +) / Double(windows)
      let squares = batch.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      // The variance of the network's count is that of a window times their number.
      variance += Double(windows) * squares / Double(max(windows - 1, 1))
    }
    let neuronSeconds = Double(spikes.neuronCount) * spikes.duration / 1000
    rate = Double(counts.reduce(0, +)) / neuronSeconds
    standardError = max(variance.squareRoot(), 1) / neuronSeconds
  }

  /// The mean of rates of as many independent runs of one length.
  init(mean rates: [RateEstimate]) {
    let count = Double(rates.count)
    rate = rates.reduce(0) { $0 + $1.rate } / count
    standardError =
      rates.reduce(0) { $0 + $1.standardError * $1.standardError }.squareRoot() / count
  }

  /// Of networks that ran away.
  static let runaway = RateEstimate(rate: .infinity, standardError: 0)

  private static let windows = 20
}
