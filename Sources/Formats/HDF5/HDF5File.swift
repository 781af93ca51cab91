internal import CFileLibraries
internal import SpikingFiles
internal import SpikingFramework
internal import Synchronization

/// A file of groups, and of datasets in them, by path: of HDF5, or of MATLAB.
///
/// The library that reads it runs in a process of its own (`ReaderProcess`): a file that makes it crash, hang or want
/// too much memory gives an error. Nothing outside the file is opened.
struct HDF5File: ~Copyable, Sendable {
  /// What stands at a path.
  enum Kind {
    case group, dataset
    /// Something in another file, which is not followed.
    case elsewhere
  }

  /// What the values of a dataset are.
  enum ValueKind {
    case integers, reals, texts
    /// Whole numbers that have names: truth values.
    case namedIntegers
    /// Objects elsewhere in the file.
    case references
    /// What files of MATLAB have beside numbers.
    case characters, cells, structure, sparse, complex
    case other

    var isNumeric: Bool { [.integers, .reals, .namedIntegers].contains(self) }
  }

  /// A hard link of a group.
  struct Child: Sendable {
    let name: String
    /// What it leads to; nil for what is neither group nor dataset, or is damaged.
    let kind: Kind?
    /// Where that stands in the file: the same for all links to it.
    let address: UInt64
  }

  let path: String
  let limits: NWBFile.Limits
  private let process: Mutex<ReaderProcess>

  /// Opens the file at `path` for reading.
  ///
  /// - Throws: `unreadableFile` where it is missing, damaged, or of another format.
  init(
    _ path: String, with library: ReaderLibrary = .hdf5, limits: NWBFile.Limits = .init()
  ) throws(SpikingError) {
    // Libraries have words of their own for a missing file; all formats say it alike.
    try InputFile.check(path)
    process = Mutex(try ReaderProcess(path, with: library, seconds: limits.seconds))
    self.path = path
    self.limits = limits
  }

  /// What stands at `object`; nil where nothing does, or a link that leads nowhere.
  ///
  /// - Throws: `unreadableFile` where HDF5 crashes.
  func kind(of object: String) throws(SpikingError) -> Kind? {
    try ask(SPIKING_READER_KIND, object).flatMap { Kind($0.answer.kind) }
  }

  /// Whether a group or a dataset stands at `object`, or a link to another file, which reading says.
  ///
  /// - Throws: as `kind(of:)`.
  func exists(_ object: String) throws(SpikingError) -> Bool { try kind(of: object) != nil }

  /// The hard links of a group, in the order of the characters of their names; soft links, which lead
  /// to what stands elsewhere in the file, and those to other files are left out.
  ///
  /// - Throws: `invalidData` where there is no such group, or one of more than 100 000 links.
  func children(of group: String) throws(SpikingError) -> [Child] {
    guard let reply = try ask(SPIKING_READER_CHILDREN, group) else {
      throw failure(group, "there is no such group")
    }
    var children: [Child] = []
    var rest = reply.bytes[...]
    let size = MemoryLayout<spiking_reader_child>.size
    while rest.count >= size {
      let head = rest.withUnsafeBytes { $0.loadUnaligned(as: spiking_reader_child.self) }
      rest = rest.dropFirst(size)
      let name = rest.prefix(Int(head.name_bytes))
      rest = rest.dropFirst(name.count)
      children.append(
        Child(
          name: String(decoding: name, as: UTF8.self), kind: Kind(head.kind),
          address: head.address))
    }
    return children
  }

  /// Asks the process; nil where there is no such object.
  func ask(
    _ question: spiking_reader_question, _ object: String, _ attribute: String = ""
  ) throws(SpikingError) -> ReaderProcess.Reply? {
    try with(object, attribute) { (process) throws(SpikingError) in
      try process.ask(question, object, attribute)
    }
  }

  /// Takes `count` values of 8 bytes of a dataset.
  func values<Element: BitwiseCopyable & Sendable>(
    _ question: spiking_reader_question, _ dataset: String, count: Int
  ) throws(SpikingError) -> [Element] {
    try with(dataset, "") { (process) throws(SpikingError) in
      try process.values(question, dataset, count: count)
    }
  }

  private func with<Result: Sendable>(
    _ object: String, _ attribute: String,
    _ body: (inout ReaderProcess) throws(SpikingError) -> Result
  ) throws(SpikingError) -> Result {
    let subject = attribute.isEmpty ? object : "\(object)@\(attribute)"
    do {
      return try process.withLock { (process) throws(SpikingError) in try body(&process) }
    } catch {
      guard error.code == .invalidData else { throw error }
      throw failure(subject, error.message)
    }
  }

  /// What is wrong with the object at a path of this file.
  func failure(_ object: String, _ message: String) -> SpikingError {
    SpikingError(.invalidData, "\(path): \(object)", message)
  }

  /// What is wrong with the object at a path of this file, in the usual form.
  func failure(_ object: String, found: some Any, expected: String) -> SpikingError {
    SpikingError(.invalidData, "\(path): \(object)", found: found, expected: expected)
  }
}

extension HDF5File.Kind {
  fileprivate init?(_ kind: Int32) {
    switch kind {
    case Int32(SPIKING_READER_GROUP.rawValue): self = .group
    case Int32(SPIKING_READER_DATASET_OBJECT.rawValue): self = .dataset
    case Int32(SPIKING_READER_ELSEWHERE.rawValue): self = .elsewhere
    default: return nil
    }
  }
}
