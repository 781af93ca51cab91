public import SpikingFramework

/// What a model predicted for one neuron, bin by bin, and what the neuron did.
///
/// The prediction of a bin is its integrated intensity q = −ln P(no spike), given all that happened
/// before: the mean count μ of a Poisson emission, −ln(1 − p) of a Bernoulli one.
public struct PredictedSpikes: Hashable, Sendable {
  /// What makes an interval end.
  public enum Events: String, Codable, Hashable, Sendable {
    /// A bin with at least one spike, which is all that a Bernoulli model knows. Right for every
    /// distribution of counts: how many spikes the bin has is not looked at.
    case occupiedBins
    /// Every spike, also the second in a bin; right where counts are Poisson.
    case poissonSpikes
  }

  /// The number of the neuron, from which random numbers follow.
  public let neuron: Int
  /// The integrated intensity of each bin, without unit.
  public let intensities: [Double]
  /// The spikes in each bin.
  public let counts: [Int]
  /// The first bin of each contiguous segment, ascending from 0: before it there is a gap.
  public let segmentStarts: [Int]
  /// What makes an interval end.
  public let events: Events

  /// A prediction and the counts it is compared with.
  ///
  /// - Throws: `invalidData` where there are not as many intensities as counts, one of them is
  ///   negative or NaN, or infinite for Poisson spikes, or segments do not ascend from 0.
  /// - Complexity: O(bins).
  public init(
    neuron: Int, intensities: [Double], counts: [Int], events: Events, segmentStarts: [Int] = [0]
  ) throws(SpikingError) {
    let place = "neuron \(neuron)"
    guard intensities.count == counts.count, !counts.isEmpty else {
      throw SpikingError(
        .invalidData, place, found: "\(intensities.count) intensities, \(counts.count) counts",
        expected: "as many of each, at least one")
    }
    let isBounded = events == .poissonSpikes
    if let bin = intensities.firstIndex(where: { !($0 >= 0 && ($0.isFinite || !isBounded)) }) {
      throw SpikingError(
        .invalidData, "\(place), intensities[\(bin)]", found: intensities[bin],
        expected: isBounded ? "a finite number, zero or above" : "zero or above")
    }
    if let bin = counts.firstIndex(where: { $0 < 0 }) {
      throw SpikingError(
        .invalidData, "\(place), counts[\(bin)]", found: counts[bin], expected: "zero or above")
    }
    guard segmentStarts.first == 0, segmentStarts[segmentStarts.count - 1] < counts.count,
      zip(segmentStarts, segmentStarts.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw SpikingError(
        .invalidData, "\(place), segmentStarts", found: segmentStarts,
        expected: "ascending from 0, below the \(counts.count) bins")
    }
    self.neuron = neuron
    self.intensities = intensities
    self.counts = counts
    self.segmentStarts = segmentStarts
    self.events = events
  }

  /// How many events there are: occupied bins, or spikes.
  public var eventCount: Int {
    counts.reduce(0) { $0 + events(in: $1) }
  }

  /// How many events are in a bin with `count` spikes.
  func events(in count: Int) -> Int { events == .occupiedBins ? min(count, 1) : count }
}

extension PredictedSpikes: CustomStringConvertible {
  /// "neuron 3: 50000 bins in 2 segments, 411 events, integrated intensity 405".
  public var description: String {
    "neuron \(neuron): \(counted(counts.count, "bin")) in \(counted(segmentStarts.count, "segment")), "
      + "\(counted(eventCount, "event")), "
      + "integrated intensity \(brief(intensities.reduce(0, +), digits: 3))"
  }
}

extension PredictedSpikes: Codable {
  /// - Throws: `invalidData`, as from a prediction; what the decoder throws.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      neuron: fields.decode(Int.self, forKey: .neuron),
      intensities: fields.decode([Double].self, forKey: .intensities),
      counts: fields.decode([Int].self, forKey: .counts),
      events: fields.decode(Events.self, forKey: .events),
      segmentStarts: fields.decode([Int].self, forKey: .segmentStarts))
  }
}
