/// The synapses of a network row by row: for each neuron its targets, ascending, and the weights.
///
/// A synapse takes 6 bytes in networks of up to 65 536 neurons and 8 in larger ones: the width of a
/// target follows from the number of neurons. Delays take 2 more, where there are any. Rows are
/// appended from the first neuron to the last.
public struct SparseRows: Hashable, Sendable {
  /// Postsynaptic neurons, in as few bytes as they fit.
  public enum Targets: Hashable, Sendable {
    /// Numbers below 65 536.
    case narrow([UInt16])
    /// Any.
    case wide([UInt32])
  }

  /// Row i holds the synapses `offsets[i]..<offsets[i + 1]`.
  public private(set) var offsets = [0]
  /// The target of each synapse.
  public private(set) var targets: Targets
  /// The weight of each synapse.
  public private(set) var weights: [Float] = []

  /// The delay of each synapse in bins, from the spike to its first effect; empty where all are 1.
  public private(set) var delays: [UInt16] = []
  /// The longest delay in bins.
  public private(set) var maximumDelay = 1

  /// No rows yet, and room for `capacity` synapses.
  public init(neuronCount: Int, capacity: Int = 0) {
    offsets.reserveCapacity(neuronCount + 1)
    weights.reserveCapacity(capacity)
    if neuronCount <= 1 << 16 {
      var narrow: [UInt16] = []
      narrow.reserveCapacity(capacity)
      targets = .narrow(narrow)
    } else {
      var wide: [UInt32] = []
      wide.reserveCapacity(capacity)
      targets = .wide(wide)
    }
  }

  /// Adds a synapse to the row that is being filled. `target` is below the number of neurons, and a
  /// delay in bins is one of `delayRange`; `Connectivity(rows:)` checks all else.
  public mutating func append(_ target: Int, _ weight: Float, delay: Int = 1) {
    if delay != 1 || maximumDelay > 1 { append(delay: delay) }
    switch targets {
    case .narrow(var narrow):
      // Taken out and put back, so that the array is not copied.
      targets = .narrow([])
      narrow.append(UInt16(target))
      targets = .narrow(narrow)
    case .wide(var wide):
      targets = .wide([])
      wide.append(UInt32(target))
      targets = .wide(wide)
    }
    weights.append(weight)
  }

  /// The delays that a synapse can have: at least one bin, at most 65 535.
  public static let delayRange = 1...Int(UInt16.max)

  /// Notes the delay of the synapse that comes next; those before it had one of 1 if none is noted.
  private mutating func append(delay: Int) {
    precondition(Self.delayRange.contains(delay), "a delay is 1 to 65535 bins")
    noteEarlierDelays()
    delays.append(UInt16(delay))
    maximumDelay = max(maximumDelay, delay)
  }

  /// Gives the synapses so far the delays that they have had without a note.
  private mutating func noteEarlierDelays() {
    if maximumDelay == 1 { delays = Array(repeating: 1, count: weights.count) }
  }

  /// Goes on to the next row.
  public mutating func endRow() { offsets.append(weights.count) }

  /// Appends complete rows of a network of as many neurons.
  ///
  /// - Complexity: O(synapses of `rows`).
  public mutating func append(contentsOf rows: SparseRows) {
    let first = weights.count
    if rows.maximumDelay > 1 || maximumDelay > 1 {
      noteEarlierDelays()
      delays += rows.delays.isEmpty ? Array(repeating: 1, count: rows.weights.count) : rows.delays
      maximumDelay = max(maximumDelay, rows.maximumDelay)
    }
    switch (targets, rows.targets) {
    case (.narrow(var narrow), .narrow(let others)):
      targets = .narrow([])
      narrow += others
      targets = .narrow(narrow)
    case (.wide(var wide), .wide(let others)):
      targets = .wide([])
      wide += others
      targets = .wide(wide)
    default: preconditionFailure("rows of networks of different sizes")
    }
    weights += rows.weights
    offsets += rows.offsets.dropFirst().lazy.map { $0 + first }
  }

  /// Gives every synapse another weight, in the order of the synapses.
  public mutating func replaceWeights(with weights: [Float]) {
    precondition(weights.count == self.weights.count, "a weight for each synapse")
    self.weights = weights
  }

  /// Gives every synapse another delay in bins, of `delayRange`, in the order of the synapses.
  public mutating func replaceDelays(with delays: [UInt16]) {
    precondition(delays.count == weights.count, "a delay for each synapse")
    precondition(!delays.contains(0), "a delay is 1 to 65535 bins")
    maximumDelay = Int(delays.max() ?? 1)
    self.delays = maximumDelay > 1 ? delays : []
  }

  /// The number of rows that are complete.
  public var rowCount: Int { offsets.count - 1 }

  /// The target of synapse number `index`.
  public func target(_ index: Int) -> Int {
    switch targets {
    case .narrow(let narrow): Int(narrow[index])
    case .wide(let wide): Int(wide[index])
    }
  }

  /// The delay of synapse number `index`, in bins.
  public func delay(_ index: Int) -> Int { delays.isEmpty ? 1 : Int(delays[index]) }

  /// The first synapse of row `source` whose target is not below `target`; the end of the row where
  /// there is none.
  ///
  /// - Complexity: O(log row length).
  public func firstSynapse(of source: Int, atLeast target: Int) -> Int {
    var (low, high) = (offsets[source], offsets[source + 1])
    while low < high {
      let middle = (low + high) / 2
      if self.target(middle) < target { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The bytes that the rows occupy.
  public var byteCount: Int {
    let width =
      switch targets {
      case .narrow: MemoryLayout<UInt16>.stride
      case .wide: MemoryLayout<UInt32>.stride
      }
    return offsets.count * MemoryLayout<Int>.stride
      + weights.count * (width + MemoryLayout<Float>.stride)
      + delays.count * MemoryLayout<UInt16>.stride
  }
}
