extension Connectivity {
  /// Whether dense rows make the simulation faster: adding a whole row costs 0.1 ns an entry while the
  /// matrix stays in the cache, up to 4 MB, and a scattered synapse 0.5 ns. From a density of 4/9 on
  /// dense rows are faster, and take at most 9 bytes a synapse.
  public var prefersDense: Bool {
    if hasDelays { return false }
    let entries = neuronCount * neuronCount
    return entries <= 1 << 20 && synapseCount * 9 >= entries * 4
  }

  /// The same network with sparse rows; entries that are zero are left out.
  ///
  /// - Complexity: O(neurons²) from dense rows.
  public func sparse() -> Connectivity {
    if case .sparse = storage { return self }
    return Connectivity(
      unchecked: name, neuronCount: neuronCount, storage: .sparse(sparseRows),
      synapseCount: synapseCount)
  }

  /// The synapses of each neuron.
  ///
  /// - Complexity: O(1), or O(neurons²) from dense rows.
  public var sparseRows: SparseRows {
    if case .sparse(let rows) = storage { return rows }
    var rows = SparseRows(neuronCount: neuronCount, capacity: synapseCount)
    for source in 0..<neuronCount {
      forEachSynapse(from: source) { target, weight in rows.append(target, weight) }
      rows.endRow()
    }
    return rows
  }

  /// The same network with dense rows: 4 bytes for each of the neurons² entries. A network with
  /// delays stays as it is: dense rows have no place for them.
  public func dense() -> Connectivity {
    if case .dense = storage { return self }
    if hasDelays { return self }
    return Connectivity(
      unchecked: name, neuronCount: neuronCount, storage: .dense(matrix()),
      synapseCount: synapseCount)
  }

  /// The full matrix, row by row: `neuronCount`² entries.
  public func matrix() -> [Float] {
    if case .dense(let matrix) = storage { return matrix }
    var matrix = [Float](repeating: 0, count: neuronCount * neuronCount)
    forEachSynapse { source, target, weight in matrix[source * neuronCount + target] = weight }
    return matrix
  }

  /// The same network, dense where that makes the simulation faster.
  public func inFasterStorage() -> Connectivity { prefersDense ? dense() : sparse() }

  /// The bytes that the rows occupy.
  public var byteCount: Int {
    switch storage {
    case .dense(let matrix): matrix.count * MemoryLayout<Float>.stride
    case .sparse(let rows): rows.byteCount
    }
  }
}
