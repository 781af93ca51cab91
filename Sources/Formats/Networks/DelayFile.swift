internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

/// The delays of a network's synapses in a `.npy` file: whole numbers [N, N], where D[i, j] is the delay in
/// bins of the synapse from neuron i to neuron j. Where there is no synapse, what stands there does not
/// count.
struct DelayFile: Hashable, Sendable {
  /// The file.
  let path: String

  /// A file that is not looked at before it is read.
  init(_ path: String) { self.path = path }

  /// The same networks with the delays of a file, or those of a folder, whose files have the names of the
  /// networks: "7.npy" for the network "7".
  ///
  /// - Throws: `unreadableFile`, also where a network has no file, and as `load(for:)`.
  static func load(
    _ path: String, for networks: [Connectivity]
  ) throws(SpikingError) -> [Connectivity] {
    guard Paths.isFolder(path) else {
      guard networks.count == 1 else {
        throw SpikingError(
          .invalidData, path, found: "one file of delays for \(networks.count) networks",
          expected: "a folder of files with their names")
      }
      return [try DelayFile(path).load(for: networks[0])]
    }
    try IncompleteMark.check(path)
    var delayed: [Connectivity] = []
    for network in networks {
      delayed.append(try DelayFile("\(path)/\(network.name).npy").load(for: network))
    }
    return delayed
  }

  /// The same network with the delays of this file.
  ///
  /// - Throws: `unreadableFile`, or `invalidData` naming the shape or the entry D[i, j] of a synapse that
  ///   is no whole number from 1 to 65 535.
  /// - Complexity: O(neurons²), memory for the synapses and some rows.
  func load(for network: Connectivity) throws(SpikingError) -> Connectivity {
    var rows = network.sparseRows
    var delays: [UInt16] = []
    delays.reserveCapacity(rows.weights.count)
    if var file = try NumPyRows(path) {
      try check(file.shape, network)
      while let (first, block) = try file.next() {
        try append(block, firstRow: first, of: rows, to: &delays)
      }
    } else {
      let array = try NumPyArray(contentsOf: path)
      try check(array.shape, network)
      try append(array, firstRow: 0, of: rows, to: &delays)
    }
    rows.replaceDelays(with: delays)
    return try Connectivity(name: network.name, rows: rows).inFasterStorage()
  }

  /// Writes the delays of a network as a uint16 `.npy` file, 0 where there is no synapse.
  ///
  /// - Throws: `unwritableFile`.
  /// - Complexity: O(neurons²), memory for one row.
  func save(delaysOf network: Connectivity) throws(SpikingError) {
    let count = network.neuronCount
    var file = try OutputFile(path)
    try file.write(NumPyHeader(elementType: .uint16, shape: [count, count]).bytes.bytes)
    var row = [UInt16](repeating: 0, count: count)
    for source in 0..<count {
      network.forEachDelayedSynapse(from: source) { target, _, delay in row[target] = UInt16(delay)
      }
      try file.write(row.span.bytes)
      for target in row.indices { row[target] = 0 }
    }
    try file.finish()
  }

  private func check(_ shape: [Int], _ network: Connectivity) throws(SpikingError) {
    let expected = [network.neuronCount, network.neuronCount]
    guard shape == expected else {
      throw SpikingError(
        .invalidData, "\(path): shape of D[i, j]", found: NumPyHeader.text(shape),
        expected: "\(NumPyHeader.text(expected)), as the network has")
    }
  }

  private func append(
    _ block: NumPyArray, firstRow: Int, of rows: SparseRows, to delays: inout [UInt16]
  ) throws(SpikingError) {
    let values = try block.doubles()
    let count = block.shape[1]
    for row in 0..<block.shape[0] {
      let source = firstRow + row
      for synapse in rows.offsets[source]..<rows.offsets[source + 1] {
        let target = rows.target(synapse)
        let value = values[row * count + target]
        guard let delay = UInt16(exactly: value), delay > 0 else {
          throw SpikingError(
            .invalidData, "\(path): D[\(source), \(target)]", found: value,
            expected:
              "a delay of 1 to \(SparseRows.delayRange.upperBound) bins, as there is a synapse")
        }
        delays.append(delay)
      }
    }
  }
}
