extension Connectivity {
  /// A network from the three columns of a compressed sparse matrix.
  ///
  /// - Parameters:
  ///   - offsets: `neuronCount + 1` positions, from 0 to the number of synapses.
  ///   - targets: the postsynaptic neurons, ascending within each row.
  ///   - weights: the weights, as many.
  ///   - delays: the delays in bins, as many, or none where all are 1.
  /// - Throws: `invalidData` where the columns do not describe a matrix of finite weights.
  /// - Complexity: O(synapses).
  public init(
    name: String = "", offsets: [Int], targets: [UInt32], weights: [Float], delays: [UInt16] = []
  ) throws(SpikingError) {
    let neuronCount = offsets.count - 1
    let subject = Self.subject(name)
    guard neuronCount > 0 else {
      throw SpikingError(.invalidData, subject, found: "no neurons", expected: "at least one")
    }
    guard offsets[0] == 0, offsets[neuronCount] == targets.count, targets.count == weights.count
    else {
      throw SpikingError(
        .invalidData, subject,
        "\(targets.count) targets, \(weights.count) weights and offsets from \(offsets[0]) to "
          + "\(offsets[neuronCount]) do not agree")
    }
    guard delays.isEmpty || delays.count == weights.count, !delays.contains(0) else {
      throw SpikingError(
        .invalidData, subject, found: "\(delays.count) delays",
        expected: "one of at least 1 bin for each of \(weights.count) synapses")
    }
    var rows = SparseRows(neuronCount: neuronCount, capacity: weights.count)
    for source in 0..<neuronCount {
      let range = (offsets[source], offsets[source + 1])
      guard range.0 <= range.1, range.1 <= targets.count else {
        throw SpikingError(.invalidData, subject, "the offset of row \(source + 1) is out of order")
      }
      for index in range.0..<range.1 {
        guard targets[index] < neuronCount else {
          throw SpikingError(
            .invalidData, "\(subject), row \(source)", found: "target \(targets[index])",
            expected: "targets ascending below \(neuronCount)")
        }
        rows.append(
          Int(targets[index]), weights[index], delay: delays.isEmpty ? 1 : Int(delays[index]))
      }
      rows.endRow()
    }
    try self.init(name: name, rows: rows)
  }
}
