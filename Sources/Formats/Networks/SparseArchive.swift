internal import SpikingFramework

/// A network in an archive as SciPy writes sparse matrices (`scipy.sparse.save_npz`): in compressed rows (csr) or columns (csc), or as
/// coordinates (coo). Beside SciPy's arrays there may be `delays` in bins, one for each stored weight, and `names`, one for each
/// neuron.
enum SparseArchive {
  /// Whether an archive with these arrays holds a sparse matrix.
  static func isOne(_ names: [String]) -> Bool {
    ["format", "shape", "data"].allSatisfy(names.contains)
  }

  /// 1 MB of 64-bit numbers.
  static let blockLength = 1 << 17

  /// The network of an archive and the names of its neurons.
  ///
  /// - Throws: `invalidData` naming the array and what is wrong with it.
  /// - Complexity: O(stored weights), memory for the network; for two of columns, and for five of coordinates.
  static func network(
    _ archive: borrowing NumPyArchive, name: String
  ) throws(SpikingError) -> NamedNetwork {
    let count = try neuronCount(archive)
    let format = try archive.array("format").strings().first ?? ""
    let network: Connectivity
    switch format {
    case "csr": network = try rows(of: archive, count, name: name)
    case "csc":
      let columns = try rows(of: archive, count, name: name)
      network = try Connectivity(name: name, rows: columns.sparseRows.transposed())
        .inFasterStorage()
    case "coo": network = try coordinates(of: archive, count, name: name)
    default:
      throw SpikingError(
        .invalidData, "\(archive.path): format", found: "\"\(format)\"",
        expected: "csr, csc or coo")
    }
    let names = archive.contains("names") ? try archive.array("names").strings() : []
    return try SpikingError.within(archive.path, NamedNetwork(network, names: names))
  }

  private static func neuronCount(_ archive: borrowing NumPyArchive) throws(SpikingError) -> Int {
    let shape = try archive.column("shape", as: Int.self)
    guard shape.count == 2, shape[0] == shape[1],
      1...Connectivity.maximumNeuronCount ~= shape[0]
    else {
      throw SpikingError(
        .invalidData, "\(archive.path): shape of W[i, j]", found: NumPyHeader.text(shape),
        expected: "(N, N), N from 1 to \(Connectivity.maximumNeuronCount)")
    }
    // Coordinates are few however many neurons there are said to be.
    let limit = max(1 << 22, 16 * archive.byteCount)
    guard shape[0] <= limit else {
      throw SpikingError(
        .invalidData, "\(archive.path): shape of W[i, j]", found: NumPyHeader.text(shape),
        expected: "at most \(limit) neurons in a file of \(archive.byteCount) bytes")
    }
    return shape[0]
  }

  /// The compressed rows, or, of the format csc, columns.
  private static func rows(
    of archive: borrowing NumPyArchive, _ neuronCount: Int, name: String
  ) throws(SpikingError) -> Connectivity {
    let offsets = try offsets(archive, neuronCount)
    var blocks = try SparseBlocks(archive, targets: "indices")
    let end = offsets[neuronCount]
    guard end <= blocks.count else {
      throw SpikingError(
        .invalidData, "\(archive.path): indptr", found: "an end of \(end)",
        expected: "at most the \(blocks.count) indices")
    }
    do {
      var rows = SynapseRows(
        neuronCount: neuronCount, capacity: capacity(of: end, in: archive))
      var (position, source) = (0, 0)
      while position < end {
        let block = try blocks.next(min(blockLength, end - position))
        for index in block.targets.indices {
          while offsets[source + 1] <= position + index { source += 1 }
          try rows.append(
            from: source, to: block.targets[index], weight: block.weights[index],
            delay: block.delay(index))
        }
        position += block.targets.count
      }
      return try rows.network(name: name)
    } catch {
      throw error.subject.hasPrefix(archive.path) ? error : error.within(archive.path)
    }
  }

  private static func offsets(
    _ archive: borrowing NumPyArchive, _ neuronCount: Int
  ) throws(SpikingError) -> [Int] {
    let offsets = try archive.column("indptr", as: Int.self)
    guard offsets.count == neuronCount + 1, offsets[0] == 0 else {
      throw SpikingError(
        .invalidData, "\(archive.path): indptr",
        found: "\(offsets.count) numbers from \(offsets.first ?? 0)",
        expected: "\(neuronCount + 1) from 0")
    }
    for index in 1...neuronCount where offsets[index] < offsets[index - 1] {
      throw SpikingError(
        .invalidData, "\(archive.path): indptr[\(index)]", found: offsets[index],
        expected: "at least \(offsets[index - 1]), ascending")
    }
    return offsets
  }

  private static func coordinates(
    of archive: borrowing NumPyArchive, _ neuronCount: Int, name: String
  ) throws(SpikingError) -> Connectivity {
    var sources = try archive.blocks(of: "row")
    var blocks = try SparseBlocks(archive, targets: "col")
    guard sources.count == blocks.count else {
      throw SpikingError(
        .invalidData, "\(archive.path): row", found: "\(sources.count) rows",
        expected: "as many as columns, \(blocks.count)")
    }
    var synapses = SynapseColumns()
    var position = 0
    while position < blocks.count {
      let block = try blocks.next(blockLength)
      let rows = try sources.next(blockLength).integers(as: UInt32.self)
      for index in rows.indices {
        synapses.append(
          from: rows[index], to: block.targets[index], weight: block.weights[index],
          delay: block.delay(index))
      }
      position += rows.count
    }
    return try SpikingError.within(
      archive.path, synapses.network(name: name, neuronCount: neuronCount))
  }

  /// Room for as many synapses as the archive claims, unless it is packed so well that it may claim too many.
  private static func capacity(of count: Int, in archive: borrowing NumPyArchive) -> Int {
    count <= archive.byteCount ? count : 0
  }
}

/// Targets, weights and delays of an archive as they are read in blocks.
private struct SparseBlocks: ~Copyable {
  /// The number of stored weights.
  let count: Int
  private var targets: NumPyColumn
  private var weights: NumPyColumn
  private var delays: NumPyColumn
  private let hasDelays: Bool

  struct Block {
    var targets: [UInt32]
    var weights: [Float]
    /// Empty where all are 1.
    var delays: [UInt16]

    func delay(_ index: Int) -> UInt16 { delays.isEmpty ? 1 : delays[index] }
  }

  init(_ archive: borrowing NumPyArchive, targets name: String) throws(SpikingError) {
    let targets = try archive.blocks(of: name)
    let weights = try archive.blocks(of: "data")
    let hasDelays = archive.contains("delays")
    // Without delays, a column that is not read.
    let delays = try archive.blocks(of: hasDelays ? "delays" : "data")
    let count = targets.count
    guard weights.count == count, delays.count == count else {
      throw SpikingError(
        .invalidData, "\(archive.path): data",
        found: "\(weights.count) weights, \(delays.count) delays",
        expected: "as many as \(name), \(count)")
    }
    self.count = count
    self.hasDelays = hasDelays
    self.targets = targets
    self.weights = weights
    self.delays = delays
  }

  mutating func next(_ limit: Int) throws(SpikingError) -> Block {
    Block(
      targets: try targets.next(limit).integers(as: UInt32.self),
      weights: try weights.next(limit).floats(),
      delays: hasDelays ? try delays.next(limit).integers(as: UInt16.self) : [])
  }
}
