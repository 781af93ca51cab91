/// The memory of one network, whatever its division into blocks: for each item that its state shows,
/// the rows of all neurons, or what the blocks have in common.
struct NetworkMemory {
  private(set) var bytes: [UInt8] = []

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Puts the blocks of a network together, after what belongs to no neuron.
  init<State: BlockState>(
    states: UnsafeMutableBufferPointer<State>, blocks: [Range<Int>], common: some BlockState
  ) {
    var common = common
    bytes = Self.items(of: &common, neurons: 1).flatMap(\.bytes)
    let items = blocks.indices.map { Self.items(of: &states[$0], neurons: blocks[$0].count) }
    for item in items[0].indices {
      guard items[0][item].isPerNeuron else {
        bytes += items[0][item].bytes
        continue
      }
      for row in 0..<items[0][item].rows {
        for block in items { bytes += block[item].row(row) }
      }
    }
  }

  /// Divides the memory among the blocks.
  ///
  /// - Throws: `invalidData` where its size is not that of the states.
  func restore<State: BlockState>(
    states: UnsafeMutableBufferPointer<State>, blocks: [Range<Int>],
    common: inout some BlockState
  ) throws(SpikingError) {
    var start = BlockWriter(bytes: bytes, offset: 0, block: 0..<1, neurons: 1)
    common.visitMemory(&start)
    for index in blocks.indices {
      var writer = BlockWriter(
        bytes: bytes, offset: start.offset, block: blocks[index],
        neurons: blocks[blocks.count - 1].upperBound)
      states[index].visitMemory(&writer)
      guard writer.offset == bytes.count else {
        throw SpikingError(
          .invalidData, "memory", found: "\(bytes.count) bytes", expected: "\(writer.offset)")
      }
    }
  }

  private static func items(of state: inout some BlockState, neurons: Int) -> [BlockItem] {
    var reader = BlockReader(neurons: neurons)
    state.visitMemory(&reader)
    return reader.items
  }
}

/// One item of one block.
private struct BlockItem {
  let bytes: [UInt8]
  let isPerNeuron: Bool
  /// The bytes of a row of the block.
  let stride: Int

  var rows: Int { stride == 0 ? 0 : bytes.count / stride }
  func row(_ row: Int) -> ArraySlice<UInt8> { bytes[row * stride..<(row + 1) * stride] }
}

/// Copies what a block shows.
private struct BlockReader: MemoryVisitor {
  let neurons: Int
  private(set) var items: [BlockItem] = []

  init(neurons: Int) { self.neurons = neurons }

  mutating func callAsFunction<Value: BitwiseCopyable>(perNeuron values: inout MutableSpan<Value>) {
    precondition(values.count % neurons == 0, "as many values for each neuron")
    let bytes = values.span.bytes.withUnsafeBytes { Array($0) }
    items.append(
      BlockItem(bytes: bytes, isPerNeuron: true, stride: neurons * MemoryLayout<Value>.stride))
  }

  mutating func callAsFunction<Value: BitwiseCopyable>(shared value: inout Value) {
    let bytes = withUnsafeBytes(of: value) { Array($0) }
    items.append(BlockItem(bytes: bytes, isPerNeuron: false, stride: 0))
  }
}

/// Fills a block from the memory of its network; beyond the end it only counts.
private struct BlockWriter: MemoryVisitor {
  let bytes: [UInt8]
  var offset: Int
  let block: Range<Int>
  let neurons: Int

  mutating func callAsFunction<Value: BitwiseCopyable>(perNeuron values: inout MutableSpan<Value>) {
    let stride = MemoryLayout<Value>.stride
    let rows = values.count / block.count
    defer { offset += rows * neurons * stride }
    guard offset + rows * neurons * stride <= bytes.count else { return }
    for row in 0..<rows {
      let start = offset + (row * neurons + block.lowerBound) * stride
      values.withUnsafeMutableBytes { target in
        let part = UnsafeMutableRawBufferPointer(
          rebasing: target[row * block.count * stride..<(row + 1) * block.count * stride])
        part.copyBytes(from: bytes[start..<start + part.count])
      }
    }
  }

  mutating func callAsFunction<Value: BitwiseCopyable>(shared value: inout Value) {
    let size = MemoryLayout<Value>.size
    defer { offset += size }
    guard offset + size <= bytes.count else { return }
    withUnsafeMutableBytes(of: &value) { $0.copyBytes(from: bytes[offset..<offset + size]) }
  }
}
