internal import SpikingFramework

extension SparseArchive {
  /// Writes a network as compressed rows (csr), with its delays and names, where it has some. The columns grow in hidden files
  /// beside the archive.
  ///
  /// - Throws: `unwritableFile`.
  /// - Complexity: O(synapses), in the memory of some blocks and of an offset for each neuron.
  static func write(_ network: NamedNetwork, to path: String) throws(SpikingError) {
    // As SciPy, which has one type for both indices and offsets.
    if network.network.synapseCount <= Int(Int32.max) {
      try write(network, to: path, as: Int32.self)
    } else {
      try write(network, to: path, as: Int64.self)
    }
  }

  private static func write<Index: FixedWidthInteger & NumPyElement>(
    _ named: NamedNetwork, to path: String, as type: Index.Type
  ) throws(SpikingError) {
    let network = named.network
    var offsets: [Index] = [0]
    var columns = try SparseColumnFiles<Index>(beside: path, withDelays: network.hasDelays)
    for source in 0..<network.neuronCount {
      try columns.append(source, of: network)
      offsets.append(Index(columns.count))
    }
    var entries = try columns.complete()
    var others = [
      ("indptr", NumPyArray(offsets)), ("format", NumPyArray(scalar: "csr")),
      ("shape", NumPyArray([network.neuronCount, network.neuronCount])),
    ]
    if !named.names.isEmpty { others.append(("names", NumPyArray(named.names))) }
    others.append(("version", NumPyArray(scalar: spikingVersion)))
    entries += others.map { ($0, .parts($1.parts)) }
    try NumPyArchive.write(entries, to: path)
  }
}

/// The columns of an archive as they grow.
private struct SparseColumnFiles<Index: FixedWidthInteger & NumPyElement>: ~Copyable {
  /// The number of synapses.
  private(set) var count = 0
  private var targets: ColumnFile<Index>
  private var weights: ColumnFile<Float>
  private var delays: ColumnFile<UInt16>
  private let withDelays: Bool
  private var block = (targets: [Index](), weights: [Float](), delays: [UInt16]())

  init(beside path: String, withDelays: Bool) throws(SpikingError) {
    let targets = try ColumnFile<Index>(beside: path)
    let weights = try ColumnFile<Float>(beside: path)
    let delays = try ColumnFile<UInt16>(beside: path)
    self.targets = targets
    self.weights = weights
    self.delays = delays
    self.withDelays = withDelays
  }

  /// Appends the synapses of neuron `source`.
  mutating func append(_ source: Int, of network: Connectivity) throws(SpikingError) {
    if withDelays {
      network.forEachDelayedSynapse(from: source) { target, weight, delay in
        block.targets.append(Index(target))
        block.weights.append(weight)
        block.delays.append(UInt16(delay))
        count += 1
      }
    } else {
      network.forEachSynapse(from: source) { target, weight in
        block.targets.append(Index(target))
        block.weights.append(weight)
        count += 1
      }
    }
    if block.targets.count >= SparseArchive.blockLength { try flush() }
  }

  /// The files as entries of an archive, which are there as long as this value is.
  mutating func complete() throws(SpikingError) -> [(name: String, content: ZipArchive.Content)] {
    try flush()
    var entries: [(name: String, content: ZipArchive.Content)] = [
      ("indices", .file(try targets.complete())), ("data", .file(try weights.complete())),
    ]
    if withDelays { entries.append(("delays", .file(try delays.complete()))) }
    return entries
  }

  private mutating func flush() throws(SpikingError) {
    try targets.append(block.targets)
    try weights.append(block.weights)
    try delays.append(block.delays)
    block.targets.removeAll(keepingCapacity: true)
    block.weights.removeAll(keepingCapacity: true)
    block.delays.removeAll(keepingCapacity: true)
  }
}
