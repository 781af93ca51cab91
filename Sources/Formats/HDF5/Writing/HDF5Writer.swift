internal import SpikingFiles
internal import SpikingFramework

/// An HDF5 file that is written from front to back, and appears whole or not at all.
///
/// What is in a group is written before the group: each call writes one thing, and gives where it stands, to which the
/// next ones link. Values stand in one piece each and are not compressed, so that of a long dataset no more than a block is
/// in memory, and its bytes go to the disk once. The library HDF5, which reads such files, is not needed to write them; it
/// reads them from its version 1.8 on. Source: HDF5 File Format Specification 3.0.
///
/// ```swift
/// var writer = try HDF5Writer("rates.h5")
/// let rates = try writer.dataset([12.5, 3], attributes: [("unit", .text("Hz"))])
/// let root = try writer.group([("rates", rates)])
/// try writer.finish(root: root)
/// ```
struct HDF5Writer: ~Copyable {
  private var file: OutputFile
  /// The number of bytes so far.
  private var end = superblockLength
  /// Where texts go; it is written once it is full.
  private var heap: HDF5Heap?

  /// The length of the superblock, with which a file begins.
  private static let superblockLength = 48
  /// How many values are converted at a time.
  private static let blockLength = 1 << 16

  /// A file that is to appear at `path`.
  ///
  /// - Throws: `unwritableFile` where nothing can be written there.
  init(_ path: String) throws(SpikingError) {
    var file = try OutputFile(path)
    try file.write([UInt8](repeating: 0, count: Self.superblockLength).span.bytes)
    self.file = file
  }

  /// The destination, as it was given.
  var path: String { file.path }

  /// Lets the file appear at its destination.
  ///
  /// - Parameter root: the group that contains all others.
  /// - Throws: `unwritableFile`, as when the disk is full.
  consuming func finish(root: HDF5Object) throws(SpikingError) {
    try writeHeap()
    try file.overwriteStart(superblock(root: root).span.bytes)
    try file.finish()
  }

  /// Writes a group that contains what has been written. Names without a slash.
  ///
  /// - Throws: `unwritableFile`, as all that writes.
  mutating func group(
    _ links: [(name: String, object: HDF5Object)],
    attributes: [(name: String, value: HDF5Attribute)] = []
  ) throws(SpikingError) -> HDF5Object {
    var header = HDF5Header()
    header.addGroup()
    for link in links { header.addLink(link.name, to: link.object) }
    return try write(&header, attributes)
  }

  /// Begins a dataset: `append` takes its values, `dataset(at:)` ends it. Nothing else is written in between.
  ///
  /// - Returns: where it begins.
  mutating func beginValues() throws(SpikingError) -> Int {
    try align()
    return end
  }

  /// Appends values to the dataset that was begun.
  mutating func append(_ values: some Collection<Double>) throws(SpikingError) {
    try appendNumbers(values)
  }

  /// Ends a dataset of the values that were appended.
  ///
  /// - Precondition: they are as many as the shape says.
  mutating func dataset(
    at start: Int, _ type: HDF5Type = .real, shape: [Int],
    attributes: [(name: String, value: HDF5Attribute)] = []
  ) throws(SpikingError) -> HDF5Object {
    precondition(end - start == shape.reduce(type.byteCount, *), "values do not have the shape")
    var header = HDF5Header()
    header.addDataset(type, shape: shape, at: start)
    return try write(&header, attributes)
  }
}

extension HDF5Writer {
  /// Writes real numbers, [count] where no shape is given.
  mutating func dataset(
    _ values: [Double], shape: [Int]? = nil,
    attributes: [(name: String, value: HDF5Attribute)] = []
  ) throws(SpikingError) -> HDF5Object {
    let start = try beginValues()
    try append(values)
    return try dataset(at: start, shape: shape ?? [values.count], attributes: attributes)
  }

  /// Writes whole numbers, [count].
  mutating func dataset(
    _ values: [Int], attributes: [(name: String, value: HDF5Attribute)] = []
  ) throws(SpikingError) -> HDF5Object {
    let start = try beginValues()
    try appendNumbers(values)
    return try dataset(at: start, .integer, shape: [values.count], attributes: attributes)
  }

  /// Writes whole numbers without a sign, [count].
  mutating func dataset(
    counts: [UInt64], attributes: [(name: String, value: HDF5Attribute)] = []
  ) throws(SpikingError) -> HDF5Object {
    let start = try beginValues()
    try appendNumbers(counts)
    return try dataset(at: start, .count, shape: [counts.count], attributes: attributes)
  }

  /// Writes truth values, [count].
  mutating func dataset(
    _ values: [Bool], attributes: [(name: String, value: HDF5Attribute)] = []
  ) throws(SpikingError) -> HDF5Object {
    let start = try beginValues()
    try put(values.map { $0 ? 1 : 0 })
    return try dataset(at: start, .flag, shape: [values.count], attributes: attributes)
  }

  /// Writes texts, [count] where no shape is given; `[]` is the shape of a single one.
  mutating func dataset(
    _ texts: [String], shape: [Int]? = nil,
    attributes: [(name: String, value: HDF5Attribute)] = []
  ) throws(SpikingError) -> HDF5Object {
    // Heaps first: the references to them stand in one piece.
    let values = try references(to: texts)
    let start = try beginValues()
    try put(values)
    return try dataset(at: start, .text, shape: shape ?? [texts.count], attributes: attributes)
  }
}

extension HDF5Writer {
  private mutating func put(_ bytes: [UInt8]) throws(SpikingError) {
    try file.write(bytes.span.bytes)
    end += bytes.count
  }

  private mutating func align() throws(SpikingError) {
    try put([UInt8](repeating: 0, count: end.rest(of: 8)))
  }

  private mutating func appendNumbers<Element: BitwiseCopyable>(
    _ values: some Collection<Element>
  ) throws(SpikingError) {
    var rest = values[...]
    while !rest.isEmpty {
      let block = Array(rest.prefix(Self.blockLength))
      try file.write(block.span.bytes)
      end += block.count * MemoryLayout<Element>.stride
      rest = rest.dropFirst(block.count)
    }
  }

  private mutating func write(
    _ header: inout HDF5Header, _ attributes: [(name: String, value: HDF5Attribute)]
  ) throws(SpikingError) -> HDF5Object {
    for (name, value) in attributes {
      let (type, shape, values) = try encoded(value)
      header.addAttribute(name, type, shape: shape, values: values)
    }
    guard !header.isTooLong else {
      throw OutputFile.unwritable(path, "a name, or a list of names, is longer than HDF5 holds")
    }
    try align()
    let object = HDF5Object(address: end)
    try put(header.bytes)
    return object
  }

  private mutating func encoded(
    _ value: HDF5Attribute
  ) throws(SpikingError) -> (HDF5Type, shape: [Int], values: [UInt8]) {
    var bytes: [UInt8] = []
    switch value {
    case .text(let text): return (.text, [], try references(to: [text]))
    case .texts(let texts): return (.text, [texts.count], try references(to: texts))
    case .real(let number):
      bytes.append(littleEndian: number.bitPattern)
      return (.real, [], bytes)
    case .integer(let number):
      bytes.append(littleEndian: Int64(number))
      return (.integer, [], bytes)
    case .reference(let object):
      bytes.append(littleEndian: UInt64(object.address))
      return (.reference, [], bytes)
    }
  }

  /// What refers to texts, which go into heaps.
  private mutating func references(to texts: [String]) throws(SpikingError) -> [UInt8] {
    var references: [UInt8] = []
    for text in texts {
      // A text ends with its first zero byte.
      let bytes = Array(text.utf8.prefix { $0 != 0 })
      if bytes.isEmpty {
        references += [UInt8](repeating: 0, count: HDF5Type.text.byteCount)
      } else if let reference = heap?.add(bytes) {
        references += reference
      } else {
        try beginHeap(for: bytes.count)
        references += heap?.add(bytes) ?? []
      }
    }
    return references
  }

  private mutating func beginHeap(for length: Int) throws(SpikingError) {
    try writeHeap()
    try align()
    let heap = HDF5Heap(at: end, for: length)
    try put(heap.bytes)
    self.heap = heap
  }

  /// Writes the texts to the place that was kept for them.
  private mutating func writeHeap() throws(SpikingError) {
    if let heap { try file.overwrite(heap.bytes.span.bytes, at: heap.address) }
  }

  /// Version 2, which HDF5 reads from 1.8 on. Source: HDF5 File Format Specification 3.0, II.A.
  private func superblock(root: HDF5Object) -> [UInt8] {
    var bytes: [UInt8] = [0x89] + Array("HDF\r\n\u{1a}\n".utf8)
    // The version, the bytes of an address and of a length, and that nobody writes.
    bytes += [2, 8, 8, 0]
    bytes.append(littleEndian: UInt64(0))
    bytes.append(littleEndian: UInt64.max)
    bytes.append(littleEndian: UInt64(end))
    bytes.append(littleEndian: UInt64(root.address))
    bytes.append(littleEndian: HDF5Checksum.of(bytes))
    return bytes
  }
}
