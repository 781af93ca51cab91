/// The spikes of a run as events: which neuron fired in which bin.
///
/// Memory is proportional to the spikes, 8 bytes each, not to neurons × bins. The neurons of several
/// networks are numbered through: those of network k are `networkOffsets[k]..<networkOffsets[k +
/// 1]`.
public struct BinnedSpikes: Hashable, Sendable {
  /// The neuron of each event.
  public let neurons: [UInt32]
  /// The bin of each event, ascending; within a bin the neurons ascend.
  public let bins: [UInt32]
  /// How often the neuron fired in that bin; empty where every count is 1.
  public let counts: [UInt16]

  /// The number of bins of the run.
  public let binCount: Int
  /// The width of a bin in ms.
  public let dt: Double
  /// The first neuron of each network, and the number of neurons at the end.
  public let networkOffsets: [Int]
  /// The seed of the run that made these spikes; nil where it is not known.
  public let seed: UInt64?

  /// The most bins that a run can have.
  public static let maximumBinCount = Int(UInt32.max)

  /// Spikes from columns of events.
  ///
  /// - Throws: `invalidData` where the columns differ in length, are out of order, hold a
  ///   count of 0, or name a neuron or a bin that does not exist.
  /// - Complexity: O(events).
  public init(
    neurons: [UInt32], bins: [UInt32], counts: [UInt16] = [], binCount: Int, dt: Double,
    networkOffsets: [Int], seed: UInt64?
  ) throws(SpikingError) {
    try Self.validate(
      neurons: neurons, bins: bins, counts: counts, binCount: binCount, dt: dt,
      networkOffsets: networkOffsets)
    self.init(
      unchecked: SpikeColumns(neurons: neurons, bins: bins, counts: counts), binCount: binCount,
      dt: dt, networkOffsets: networkOffsets, seed: seed)
  }

  init(
    unchecked columns: SpikeColumns, binCount: Int, dt: Double, networkOffsets: [Int], seed: UInt64?
  ) {
    neurons = columns.neurons
    bins = columns.bins
    counts = columns.counts
    self.binCount = binCount
    self.dt = dt
    self.networkOffsets = networkOffsets
    self.seed = seed
  }

  /// The number of neurons of all networks.
  public var neuronCount: Int { networkOffsets.last ?? 0 }
  /// The number of networks.
  public var networkCount: Int { networkOffsets.count - 1 }
  /// The length of the run in ms.
  public var duration: Double { Double(binCount) * dt }
  /// The number of events: neuron-bins with at least one spike.
  public var eventCount: Int { neurons.count }
  /// The number of spikes.
  public var spikeCount: Int {
    counts.isEmpty ? neurons.count : counts.reduce(0) { $0 + Int($1) }
  }

  /// The same with at most one spike a neuron and bin, as Bernoulli draws have them, and how many
  /// spikes that leaves out.
  ///
  /// - Complexity: O(events).
  public func clipped() -> (spikes: BinnedSpikes, excess: Int) {
    let columns = SpikeColumns(neurons: neurons, bins: bins, counts: [])
    let clipped = BinnedSpikes(
      unchecked: columns, binCount: binCount, dt: dt, networkOffsets: networkOffsets, seed: seed)
    return (clipped, spikeCount - eventCount)
  }

  /// How often the neuron of event number `index` fired in its bin.
  public func count(ofEvent index: Int) -> Int {
    counts.isEmpty ? 1 : Int(counts[index])
  }

  /// The neurons of one network.
  public func neurons(ofNetwork network: Int) -> Range<Int> {
    networkOffsets[network]..<networkOffsets[network + 1]
  }

  /// The spikes of one network alone, its neurons numbered from 0.
  ///
  /// - Complexity: O(events).
  public func network(_ network: Int) -> BinnedSpikes {
    let range = neurons(ofNetwork: network)
    var columns = SpikeColumns()
    for index in neurons.indices where range.contains(Int(neurons[index])) {
      columns.append(
        neuron: neurons[index] - UInt32(range.lowerBound), bin: bins[index],
        count: UInt16(count(ofEvent: index)))
    }
    return BinnedSpikes(
      unchecked: columns, binCount: binCount, dt: dt, networkOffsets: [0, range.count], seed: seed)
  }

  /// The same spikes by neuron, at the times at which their bins start.
  ///
  /// - Complexity: O(events + neurons).
  public var spikeTrains: SpikeTrains {
    var counts = [Int](repeating: 0, count: neuronCount)
    for index in neurons.indices { counts[Int(neurons[index])] += count(ofEvent: index) }
    var sort = CountingSort(counts: counts)
    var times = [Double](repeating: 0, count: sort.offsets[neuronCount])
    for index in neurons.indices {
      for _ in 0..<count(ofEvent: index) {
        times[sort.place(of: Int(neurons[index]))] = Double(bins[index]) * dt
      }
    }
    return SpikeTrains(unchecked: times, offsets: sort.offsets, start: 0, stop: duration)
  }
}

extension BinnedSpikes {
  static func validate(
    neurons: [UInt32], bins: [UInt32], counts: [UInt16], binCount: Int, dt: Double,
    networkOffsets: [Int]
  ) throws(SpikingError) {
    guard dt > 0, dt.isFinite else {
      throw SpikingError(.invalidData, "dt", found: dt, expected: "a positive width in ms")
    }
    guard 0...maximumBinCount ~= binCount else {
      throw SpikingError(
        .invalidData, "bins", found: binCount, expected: "0 to \(maximumBinCount)")
    }
    guard networkOffsets.count > 1, networkOffsets[0] == 0,
      zip(networkOffsets, networkOffsets.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw SpikingError(
        .invalidData, "network_offsets", found: networkOffsets, expected: "ascending from 0")
    }
    guard neurons.count == bins.count, counts.isEmpty || counts.count == neurons.count else {
      throw SpikingError(
        .invalidData, "count",
        found: "\(neurons.count) neurons, \(bins.count) bins, "
          + "\(counts.count) counts", expected: "as many of each")
    }
    if let index = counts.firstIndex(of: 0) {
      throw SpikingError(.invalidData, "count[\(index)]", found: 0, expected: "at least 1")
    }
    let neuronCount = networkOffsets[networkOffsets.count - 1]
    for index in neurons.indices {
      guard neurons[index] < neuronCount else {
        throw SpikingError(
          .invalidData, "neuron[\(index)]", found: neurons[index], expected: "below \(neuronCount)")
      }
      guard bins[index] < binCount else {
        throw SpikingError(
          .invalidData, "bin[\(index)]", found: bins[index], expected: "below \(binCount)")
      }
      guard
        index == 0 || (bins[index - 1], neurons[index - 1]) < (bins[index], neurons[index])
      else {
        throw SpikingError(
          .invalidData, "bin[\(index)]", "events are not sorted by bin, then neuron")
      }
    }
  }
}

extension BinnedSpikes: CustomStringConvertible {
  /// "500 neurons × 100000 bins of 1 ms, 411870 spikes (8.2 Hz)".
  public var description: String {
    "\(counted(neuronCount, "neuron")) × \(counted(binCount, "bin")) of \(brief(dt)) ms, "
      + withRate(spikes: spikeCount, over: Double(neuronCount) * duration)
  }
}

extension BinnedSpikes: Codable {
  /// - Throws: `invalidData`, as from columns; what the decoder throws.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      neurons: fields.decode([UInt32].self, forKey: .neurons),
      bins: fields.decode([UInt32].self, forKey: .bins),
      counts: fields.decode([UInt16].self, forKey: .counts),
      binCount: fields.decode(Int.self, forKey: .binCount),
      dt: fields.decode(Double.self, forKey: .dt),
      networkOffsets: fields.decode([Int].self, forKey: .networkOffsets),
      seed: fields.decodeIfPresent(UInt64.self, forKey: .seed))
  }
}
