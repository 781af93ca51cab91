extension Connectivity {
  /// The same network with every weight replaced; a weight of zero removes the synapse. Delays stay.
  ///
  /// - Throws: `invalidData` where a new weight is not finite.
  /// - Complexity: O(synapses).
  public func mapWeights(
    _ transform: (_ source: Int, _ target: Int, _ weight: Float) -> Float
  ) throws(SpikingError) -> Connectivity {
    try map { source, target, weight, delay in (transform(source, target, weight), delay) }
  }

  /// The same network with the delay of every synapse set, in bins.
  ///
  /// - Throws: `invalidParameter` where a delay lies outside `SparseRows.delayRange`.
  /// - Complexity: O(synapses).
  public func mapDelays(
    _ transform: (_ source: Int, _ target: Int, _ weight: Float) -> Int
  ) throws(SpikingError) -> Connectivity {
    var wrong: Int?
    let delayed = try map { source, target, weight, _ in
      let delay = transform(source, target, weight)
      if SparseRows.delayRange.contains(delay) { return (weight, delay) }
      wrong = wrong ?? delay
      return (weight, 1)
    }
    if let wrong {
      throw SpikingError(
        .invalidParameter, "\(Self.subject(name)), delay", found: wrong,
        expected: "1 to \(SparseRows.delayRange.upperBound) bins")
    }
    return delayed
  }

  private func map(
    _ transform: (_ source: Int, _ target: Int, _ weight: Float, _ delay: Int) -> (Float, Int)
  ) throws(SpikingError) -> Connectivity {
    var rows = SparseRows(neuronCount: neuronCount, capacity: synapseCount)
    for source in 0..<neuronCount {
      forEachDelayedSynapse(from: source) { target, weight, delay in
        let (weight, delay) = transform(source, target, weight, delay)
        if weight != 0 { rows.append(target, weight, delay: delay) }
      }
      rows.endRow()
    }
    return try Connectivity(name: name, rows: rows).inFasterStorage()
  }
}
