internal import SpikingFramework

/// Rows of a network as they come from a file, from the first neuron to the last: targets in any order, and some
/// perhaps twice, whose weights are added up.
struct SynapseRows {
  private var rows: SparseRows
  private let neuronCount: Int
  /// The synapses of the row that is being filled.
  private var targets: [UInt32] = []
  private var weights: [Double] = []
  private var delays: [UInt16] = []
  private var isAscending = true

  init(neuronCount: Int, capacity: Int) {
    rows = SparseRows(neuronCount: neuronCount, capacity: capacity)
    self.neuronCount = neuronCount
  }

  /// Adds a synapse; `source` is not before that of the last one.
  ///
  /// - Throws: `invalidData` where there is no such target, no such delay, or synapses between the same neurons have
  ///   delays that differ.
  mutating func append(
    from source: Int, to target: UInt32, weight: Float, delay: UInt16
  ) throws(SpikingError) {
    if rows.rowCount < source { try endRows(before: source) }
    guard target < neuronCount, delay > 0 else {
      throw SpikingError(
        .invalidData, "row \(source)",
        found: target < neuronCount ? "a delay of 0" : "target \(target)",
        expected: target < neuronCount
          ? "1 to \(SparseRows.delayRange.upperBound) bins" : "targets below \(neuronCount)")
    }
    if let last = targets.last, last >= target { isAscending = false }
    targets.append(target)
    weights.append(Double(weight))
    delays.append(delay)
  }

  /// Ends all rows before this one.
  mutating func endRows(before source: Int) throws(SpikingError) {
    if !targets.isEmpty {
      if isAscending { appendAscending() } else { try appendSorted() }
      targets.removeAll(keepingCapacity: true)
      weights.removeAll(keepingCapacity: true)
      delays.removeAll(keepingCapacity: true)
      isAscending = true
    }
    while rows.rowCount < source { rows.endRow() }
  }

  /// The network of all rows.
  ///
  /// - Throws: `invalidData` about weights that are not finite.
  mutating func network(name: String) throws(SpikingError) -> Connectivity {
    try endRows(before: neuronCount)
    return try Connectivity(name: name, rows: rows).inFasterStorage()
  }

  private mutating func appendAscending() {
    for index in targets.indices { append(targets[index], weights[index], delays[index]) }
  }

  private mutating func append(_ target: UInt32, _ weight: Double, _ delay: UInt16) {
    let weight = Float(weight)
    if weight != 0 { rows.append(Int(target), weight, delay: Int(delay)) }
  }

  private mutating func appendSorted() throws(SpikingError) {
    let order = targets.indices.sorted { (targets[$0], $0) < (targets[$1], $1) }
    var place = 0
    while place < order.count {
      let first = order[place]
      var sum = weights[first]
      place += 1
      while place < order.count, targets[order[place]] == targets[first] {
        sum += weights[order[place]]
        guard delays[order[place]] == delays[first] else {
          throw SpikingError(
            .invalidData, "synapses from \(rows.rowCount) to \(targets[first])",
            found: "delays of \(delays[first]) and \(delays[order[place]]) bins",
            expected: "one delay")
        }
        place += 1
      }
      append(targets[first], sum, delays[first])
    }
  }
}
