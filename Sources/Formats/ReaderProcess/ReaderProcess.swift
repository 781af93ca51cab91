internal import CFileLibraries
internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

/// The process in which a library reads one file. One question is asked at a time.
struct ReaderProcess: ~Copyable, Sendable {
  /// The answer to a question that is not about values.
  struct Reply: Sendable {
    let answer: spiking_reader_answer
    let bytes: [UInt8]
  }

  private let path: String
  private let library: ReaderLibrary
  private let limits: spiking_reader_limits
  private var reader = spiking_reader(socket: -1, process: 0)
  /// Why the process is gone.
  private var end: SpikingError?

  /// Starts a process that has opened the file at `path`.
  ///
  /// - Parameter seconds: the processor time of a question; more for large files.
  /// - Throws: `unreadableFile` where the file is none that the library reads, or damaged, where the package
  ///   was built without it, and where the system has no process or descriptors left.
  init(_ path: String, with library: ReaderLibrary, seconds: Double) throws(SpikingError) {
    self.path = path
    self.library = library
    // Texts of any size, and chunks of compressed values, must fit.
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64) ?? 0
    limits = spiking_reader_limits(
      seconds: min(max(seconds, 1e-3), 1e6), memory: 4 * min(size, 1 << 56) + library.memory)
    guard library.isBuilt else {
      throw SpikingError(
        .unreadableFile, visible(path),
        "cannot be read: swift-spiking was built without \(library.trait)")
    }
    let error = spiking_reader_start(path, library.code, limits, &reader)
    guard error == 0 else {
      throw SpikingError(
        .unreadableFile, visible(path), "cannot start to read: \(systemReason(error))")
    }
    do throws(SpikingError) {
      _ = try reply()
    } catch {
      _ = spiking_reader_stop(&reader)
      if error.code == .unreadableFile { throw error }
      guard error.message == Self.isOther else { throw failure(error.message) }
      throw SpikingError(
        .unreadableFile, path, found: FileKind.description(ofFile: path),
        expected: library.files)
    }
  }

  deinit {
    var reader = reader
    _ = spiking_reader_stop(&reader)
  }

  /// What another kind of thing than was asked for is called, until the caller says what it wanted.
  static let isOther = "something else"

  /// Asks; nil where there is no such thing.
  ///
  /// - Throws: `invalidData`, whose subject is for the caller to say, where it cannot be read;
  ///   `unreadableFile` where the process is gone.
  mutating func ask(
    _ question: spiking_reader_question, _ object: String, _ attribute: String
  ) throws(SpikingError) -> Reply? {
    guard try send(question, object, attribute) else { return nil }
    return try reply()
  }

  /// The values of a dataset, which come in blocks.
  ///
  /// - Throws: as `ask(_:_:_:)`.
  mutating func values<Element: BitwiseCopyable>(
    _ question: spiking_reader_question, _ dataset: String, count: Int
  ) throws(SpikingError) -> [Element] {
    precondition(MemoryLayout<Element>.size == 8)
    let bytes = count * 8
    // Swift ends the program where there is no memory.
    guard spiking_reader_has_room(bytes) != 0 else {
      throw invalid("needs \(bytes) bytes of memory, for which there is no room")
    }
    guard count > 0 else { return [] }
    guard try send(question, dataset, "") else { throw invalid("there is no such dataset") }
    var failure: SpikingError?
    let values = [Element](unsafeUninitializedCapacity: count) { buffer, filled in
      let room = UnsafeMutableRawBufferPointer(buffer)
      var taken = 0
      do throws(SpikingError) {
        while taken < bytes {
          let answer = try head()
          guard try found(answer) else { throw invalid("there is no such dataset") }
          let size = try bounded(
            answer.bytes, by: min(SPIKING_READER_BLOCK, bytes - taken))
          guard size > 0, size % 8 == 0 else { throw gone() }
          try take(into: UnsafeMutableRawBufferPointer(rebasing: room[taken..<taken + size]))
          taken += size
        }
      } catch {
        failure = error
      }
      filled = taken / 8
    }
    if let failure { throw failure }
    return values
  }

  /// - Returns: whether a path of this length can be asked for.
  private mutating func send(
    _ question: spiking_reader_question, _ object: String, _ attribute: String
  ) throws(SpikingError) -> Bool {
    if let end { throw end }
    guard object.utf8.count < 65_536, attribute.utf8.count < 65_536 else { return false }
    guard spiking_reader_ask(&reader, question, object, attribute) == 0 else { throw gone() }
    return true
  }

  private mutating func reply() throws(SpikingError) -> Reply? {
    let answer = try head()
    guard try found(answer) else { return nil }
    var bytes = [UInt8](repeating: 0, count: try bounded(answer.bytes, by: 1 << 26))
    var isTaken = true
    bytes.withUnsafeMutableBytes { isTaken = Self.take(reader, into: $0) }
    guard isTaken else { throw gone() }
    return Reply(answer: answer, bytes: bytes)
  }

  private mutating func head() throws(SpikingError) -> spiking_reader_answer {
    var answer = spiking_reader_answer()
    var isTaken = true
    withUnsafeMutableBytes(of: &answer) { isTaken = Self.take(reader, into: $0) }
    guard isTaken else { throw gone() }
    return answer
  }

  private mutating func take(into buffer: UnsafeMutableRawBufferPointer) throws(SpikingError) {
    guard Self.take(reader, into: buffer) else { throw gone() }
  }

  private static func take(
    _ reader: spiking_reader, into buffer: UnsafeMutableRawBufferPointer
  ) -> Bool {
    withUnsafePointer(to: reader) {
      spiking_reader_take($0, buffer.baseAddress, buffer.count) == 0
    }
  }

  /// A number of bytes that the process announces; more than can be, it is out of its mind.
  private mutating func bounded(_ bytes: UInt64, by most: Int) throws(SpikingError) -> Int {
    guard bytes <= most else { throw gone() }
    return Int(bytes)
  }

  /// - Returns: false where there is no such thing.
  private func found(_ answer: spiking_reader_answer) throws(SpikingError) -> Bool {
    switch answer.outcome {
    case Int32(SPIKING_READER_FOUND.rawValue): return true
    case Int32(SPIKING_READER_ABSENT.rawValue): return false
    case Int32(SPIKING_READER_OTHER.rawValue): throw invalid(Self.isOther)
    case Int32(SPIKING_READER_MEMORY.rawValue):
      throw invalid("needs more than \(limits.memory) bytes of memory to be read")
    default:
      throw invalid(
        "cannot be read: "
          + withUnsafeBytes(of: answer.reason) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
          })
    }
  }

  /// What is wrong with an object; the caller says with which.
  private func invalid(_ message: String) -> SpikingError {
    SpikingError(.invalidData, "", message)
  }

  private func failure(_ message: String) -> SpikingError {
    SpikingError(.unreadableFile, path, message)
  }

  /// The process has ended, or makes no sense and is ended: no question is answered any more.
  private mutating func gone() -> SpikingError {
    if let end { return end }
    let signal = spiking_reader_stop(&reader)
    let error =
      switch signal {
      case SIGPROF:
        failure("reading takes more than \(limits.seconds) s of processor time")
      case SIGALRM:
        failure("the library \(library.name) does not answer within \(10 * limits.seconds) s")
      case SIGKILL, 0:
        failure("the process that reads it was ended from outside")
      default:
        failure(
          "the library \(library.name) crashed on it (\(String(cString: strsignal(signal)))); "
            + "the file is damaged")
      }
    end = error
    return error
  }
}
