internal import CFileLibraries
internal import SpikingFiles
internal import SpikingFramework

/// An HDF5 file that is written thing by thing, a group before what it contains, and appears whole or not at all.
///
/// The library HDF5 writes it, in a process of its own (`WriterProcess`). Of a long dataset no more than a block is
/// in memory beside what is given. HDF5 reads such files from its version 1.8 on.
///
/// ```swift
/// var writer = try HDF5Writer("rates.h5")
/// try writer.group("/cells")
/// try writer.dataset("/cells/rates", [12.5, 3], attributes: [("unit", .text("Hz"))])
/// try writer.finish()
/// ```
struct HDF5Writer: ~Copyable {
  typealias Attributes = [(name: String, value: HDF5Attribute)]

  private let file: OutputFile
  private var process: WriterProcess
  /// Values that were appended and not sent, and how many are sent at a time: whole rows.
  private var pending: [Double] = []
  private var pendingLength = blockLength

  /// How many values are sent at a time: as many as a chunk has.
  private static let blockLength = 1 << 16

  /// A file that is to appear at `path`.
  ///
  /// - Throws: `unwritableFile` where nothing can be written there, and where the package was built without HDF5.
  init(_ path: String) throws(SpikingError) {
    try Self.requireLibrary(path)
    let file = try OutputFile(path)
    process = try WriterProcess(file.temporaryPath, for: path)
    self.file = file
  }

  /// - Throws: `unwritableFile` where the package was built without HDF5.
  static func requireLibrary(_ path: String) throws(SpikingError) {
    guard WriterProcess.isBuilt else {
      throw OutputFile.unwritable(
        path, "swift-spiking was built without \(ReaderLibrary.hdf5.trait)")
    }
  }

  /// Lets the file appear at its destination.
  ///
  /// - Throws: `unwritableFile`, as when the disk is full.
  consuming func finish() throws(SpikingError) {
    try send(Self.step(SPIKING_WRITER_FINISH), "")
    try process.complete()
    try file.finish()
  }

  /// Makes a group in one that is there.
  ///
  /// - Throws: `unwritableFile`, as all that writes; of what was written before, too.
  mutating func group(_ path: String, attributes: Attributes = []) throws(SpikingError) {
    try send(Self.step(SPIKING_WRITER_GROUP), path)
    try add(attributes, to: path)
  }

  /// Adds attributes to a group or a dataset.
  mutating func add(_ attributes: Attributes, to path: String) throws(SpikingError) {
    for (name, value) in attributes { try add(value, name, to: path) }
  }

  /// Begins a dataset of real numbers, which `append` takes and `end` ends. Nothing else is written in between.
  mutating func begin(
    _ path: String, shape: [Int], attributes: Attributes = []
  ) throws(SpikingError) {
    try make(path, SPIKING_WRITER_REAL, shape, attributes)
    pendingLength = Self.blockLength(shape)
  }

  /// Appends values to the dataset that was begun.
  mutating func append(_ values: some Collection<Double>) throws(SpikingError) {
    var rest = values[...]
    while !rest.isEmpty {
      let part = rest.prefix(pendingLength - pending.count)
      pending.append(contentsOf: part)
      rest = rest.dropFirst(part.count)
      if pending.count == pendingLength { try sendPending() }
    }
  }

  /// Ends the dataset.
  ///
  /// - Precondition: it has as many values as its shape says.
  mutating func end() throws(SpikingError) { try sendPending() }
}

extension HDF5Writer {
  /// Writes real numbers, [count] where no shape is given; deflated where that is wanted, and they are more than 65 536.
  mutating func dataset(
    _ path: String, _ values: [Double], shape: [Int]? = nil, isCompressed: Bool = false,
    attributes: Attributes = []
  ) throws(SpikingError) {
    let shape = shape ?? [values.count]
    precondition(values.count == shape.reduce(1, *), "values do not have the shape")
    try make(path, SPIKING_WRITER_REAL, shape, isCompressed: isCompressed, attributes)
    try send(values, Self.blockLength(shape))
  }

  /// Writes whole numbers, [count].
  mutating func dataset(
    _ path: String, _ values: [Int], attributes: Attributes = []
  ) throws(SpikingError) {
    try make(path, SPIKING_WRITER_INTEGER, [values.count], attributes)
    try send(values)
  }

  /// Writes whole numbers without a sign, [count].
  mutating func dataset(
    _ path: String, counts: [UInt64], attributes: Attributes = []
  ) throws(SpikingError) {
    try make(path, SPIKING_WRITER_COUNT, [counts.count], attributes)
    try send(counts)
  }

  /// Writes truth values, [count].
  mutating func dataset(
    _ path: String, _ values: [Bool], attributes: Attributes = []
  ) throws(SpikingError) {
    try make(path, SPIKING_WRITER_FLAG, [values.count], attributes)
    try send(values.map { $0 ? 1 : 0 } as [UInt8])
  }

  /// Writes texts, [count] where no shape is given; `[]` is the shape of a single one.
  mutating func dataset(
    _ path: String, _ texts: [String], shape: [Int]? = nil, attributes: Attributes = []
  ) throws(SpikingError) {
    let shape = shape ?? [texts.count]
    try make(path, SPIKING_WRITER_TEXT, shape, attributes)
    let length = Self.blockLength(shape)
    for start in stride(from: 0, to: texts.count, by: length) {
      let block = Self.bytes(of: texts[start..<min(start + length, texts.count)])
      try process.send(Self.step(SPIKING_WRITER_VALUES), "", values: block.span.bytes)
    }
  }
}

extension HDF5Writer {
  private static func step(
    _ action: spiking_writer_action, _ type: spiking_writer_type = SPIKING_WRITER_REAL,
    _ shape: [Int] = [], isCompressed: Bool = false
  ) -> spiking_writer_step {
    precondition(shape.count <= 2, "more dimensions than two")
    var step = spiking_writer_step()
    step.action = Int32(action.rawValue)
    step.type = Int32(type.rawValue)
    step.rank = Int32(shape.count)
    step.is_compressed = isCompressed ? 1 : 0
    step.lengths.0 = UInt64(shape.first ?? 0)
    step.lengths.1 = UInt64(shape.dropFirst().first ?? 0)
    return step
  }

  /// Whole rows of about a block.
  private static func blockLength(_ shape: [Int]) -> Int {
    let rowLength = max(1, shape.dropFirst().reduce(1, *))
    return max(1, blockLength / rowLength) * rowLength
  }

  /// Texts, each with a zero at its end, as which its own first zero counts.
  private static func bytes(of texts: some Sequence<String>) -> [UInt8] {
    var bytes: [UInt8] = []
    for text in texts {
      bytes.append(contentsOf: text.utf8.prefix { $0 != 0 })
      bytes.append(0)
    }
    return bytes
  }

  private mutating func make(
    _ path: String, _ type: spiking_writer_type, _ shape: [Int], isCompressed: Bool = false,
    _ attributes: Attributes
  ) throws(SpikingError) {
    try send(Self.step(SPIKING_WRITER_DATASET, type, shape, isCompressed: isCompressed), path)
    try add(attributes, to: path)
  }

  private mutating func add(
    _ value: HDF5Attribute, _ name: String, to path: String
  ) throws(SpikingError) {
    var (type, shape, bytes) = (SPIKING_WRITER_TEXT, [Int](), [UInt8]())
    switch value {
    case .text(let text): bytes = Self.bytes(of: [text])
    case .texts(let texts): (shape, bytes) = ([texts.count], Self.bytes(of: texts))
    case .real(let number):
      type = SPIKING_WRITER_REAL
      bytes = Swift.withUnsafeBytes(of: number) { Array($0) }
    case .integer(let number):
      type = SPIKING_WRITER_INTEGER
      bytes = Swift.withUnsafeBytes(of: Int64(number)) { Array($0) }
    case .reference(let target):
      (type, bytes) = (SPIKING_WRITER_REFERENCE, Self.bytes(of: [target]))
    }
    try process.send(
      Self.step(SPIKING_WRITER_ATTRIBUTE, type, shape), path, name, values: bytes.span.bytes)
  }

  /// A step without values.
  private mutating func send(
    _ step: spiking_writer_step, _ path: String
  ) throws(SpikingError) {
    let nothing: [UInt8] = []
    try process.send(step, path, values: nothing.span.bytes)
  }

  /// The values of the last dataset, in blocks.
  private mutating func send<Element: BitwiseCopyable>(
    _ values: [Element], _ length: Int = blockLength
  ) throws(SpikingError) {
    for start in stride(from: 0, to: values.count, by: length) {
      let block = start..<min(start + length, values.count)
      try process.send(
        Self.step(SPIKING_WRITER_VALUES), "", values: values.span.extracting(block).bytes)
    }
  }

  private mutating func sendPending() throws(SpikingError) {
    guard !pending.isEmpty else { return }
    var block: [Double] = []
    swap(&block, &pending)
    try process.send(Self.step(SPIKING_WRITER_VALUES), "", values: block.span.bytes)
    block.removeAll(keepingCapacity: true)
    swap(&block, &pending)
  }
}
