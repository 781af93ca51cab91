internal import SpikingFramework

/// How many spikes each network of a run has in each of its windows: all that is kept of a run whose
/// rate is asked for.
struct WindowCounts {
  /// By network and window.
  private(set) var counts: [[Double]]
  /// The spikes of all networks, those after the last window among them.
  private(set) var spikeCount = 0
  /// The bins of a window.
  let length: Int

  private let binCount: Int
  /// Of each neuron its network: neurons of an event come from any of them.
  private let networks: [Int]

  /// 200 windows of equal length, or up to twice as many, where there are as many bins.
  private static let windows = 200

  init(networkOffsets: [Int], binCount: Int) {
    self.binCount = binCount
    length = max(binCount / Self.windows, 1)
    let sizes = zip(networkOffsets, networkOffsets.dropFirst()).map { $1 - $0 }
    networks = sizes.enumerated().flatMap { repeatElement($0.offset, count: $0.element) }
    counts = Array(
      repeating: Array(repeating: 0, count: binCount / length), count: sizes.count)
  }

  /// - Complexity: O(events).
  mutating func add(_ spikes: BinnedSpikes) {
    for event in spikes.neurons.indices {
      let count = spikes.count(ofEvent: event)
      spikeCount += count
      let window = Int(spikes.bins[event]) / length
      // A last window that would be shorter says nothing about the others.
      if window < counts[0].count {
        counts[networks[Int(spikes.neurons[event])]][window] += Double(count)
      }
    }
  }

  /// The rate.
  ///
  /// - Parameter dt: the width of a bin in ms.
  func rate(dt: Double) -> RateEstimate {
    let variance = LongRunVariance(of: counts)
    let windowsInRun = Double(binCount) / Double(length)
    let neuronSeconds = Double(networks.count) * Double(binCount) * dt / 1000
    let memory = 3 * max(Double(variance.memory) / 2, variance.correlationTime)
    return RateEstimate(
      rate: Double(spikeCount) / neuronSeconds,
      standardError: max((variance.value * windowsInRun).squareRoot(), 1) / neuronSeconds,
      correlationTime: variance.correlationTime * Double(length) * dt,
      correlationTimes: windowsInRun / variance.correlationTime, memory: memory * Double(length))
  }
}
