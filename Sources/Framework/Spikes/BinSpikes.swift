/// The spikes of one bin: which neurons fired, in ascending order, and how often.
public struct BinSpikes: Sendable {
  /// The neurons that fired.
  public private(set) var neurons: [UInt32] = []
  /// How often each fired in this bin; 1 for every neuron of a Bernoulli model.
  public private(set) var counts: [UInt16] = []

  /// The spikes of all neurons together.
  public private(set) var spikeCount = 0

  /// The most often that a neuron can fire in one bin. More is a runaway network, not activity.
  public static let maximumCount = Int(UInt16.max)

  /// The first neuron whose mean count could not be drawn from: NaN, or beyond `maximumCount`.
  /// The simulator stops the run with an error that names it.
  public private(set) var fault: Fault?

  /// A mean count that cannot be drawn from.
  public struct Fault: Hashable, Sendable {
    /// The neuron, counted within its network.
    public let neuron: Int
    /// Its mean count.
    public let mean: Double
  }

  /// No spikes.
  public init() {}

  /// The number of neurons that fired.
  @inlinable public var count: Int { neurons.count }

  /// Adds a neuron that fired `count` times; neurons come in ascending order. More than
  /// `maximumCount` is a fault.
  public mutating func append(neuron: Int, count: Int) {
    if count > Self.maximumCount { fail(neuron: neuron, mean: Double(count)) }
    neurons.append(UInt32(truncatingIfNeeded: neuron))
    counts.append(UInt16(clamping: count))
    spikeCount += count
  }

  /// Notes that the mean count of `neuron` cannot be drawn from.
  public mutating func fail(neuron: Int, mean: Double) {
    if fault == nil { fault = Fault(neuron: neuron, mean: mean) }
  }

  /// Forgets all spikes and keeps the memory.
  public mutating func removeAll() {
    fault = nil
    // Most bins of a small network have no spikes, and nothing to forget.
    if neurons.isEmpty { return }
    spikeCount = 0
    neurons.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
  }
}
