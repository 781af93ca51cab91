package import Foundation
package import SpikingFramework

/// A regular file that is read from front to back.
///
/// Only regular files are opened: to read a FIFO or a device can wait for ever, end never, or do
/// something.
package struct InputFile: ~Copyable {
  package let path: String
  /// The size of the file in bytes when it was opened.
  package let byteCount: Int
  private let descriptor: Int32

  /// What a file may hold of which the system tells no size, as in /proc.
  private static let unsizedLimit = 1 << 28

  /// Opens the file at `path`.
  ///
  /// - Throws: `unreadableFile` where it is missing, or no regular file.
  package init(_ path: String) throws(SpikingError) {
    guard !path.utf8.contains(0) else { throw Self.unreadable(path, systemReason(EINVAL)) }
    // Looked at before: to open a device may already do something.
    var status = stat()
    guard stat(path, &status) == 0 else { throw Self.unopened(path) }
    try Self.requireRegular(status, path)
    // Should a FIFO have come in between, it does not wait.
    let descriptor = retrying { open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
    guard descriptor >= 0 else { throw Self.unopened(path) }
    do throws(SpikingError) {
      guard fstat(descriptor, &status) == 0 else { throw Self.unopened(path) }
      try Self.requireRegular(status, path)
    } catch {
      close(descriptor)
      throw error
    }
    self.path = path
    self.descriptor = descriptor
    byteCount = Int(clamping: status.st_size)
  }

  deinit { close(descriptor) }

  /// The next `count` bytes, or all that are left.
  ///
  /// - Throws: `unreadableFile`.
  package func read(_ count: Int) throws(SpikingError) -> Data {
    guard byteCount == 0 else { return try next(min(count, byteCount)) }
    var data = Data()
    while true {
      let block = try next(min(count, Self.unsizedLimit) - data.count, atMost: 1 << 16)
      if block.isEmpty { return data }
      data.append(block)
    }
  }

  /// All bytes, in memory that the system fills from the file as they are looked at, and can take back.
  ///
  /// As of every mapped file, what is cut off while it is in use cannot be read any more: the system ends the program then.
  /// The package replaces files, and never shortens them.
  ///
  /// - Throws: `unreadableFile`.
  package func mapped() throws(SpikingError) -> Data {
    guard byteCount > 0,
      let bytes = mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0),
      bytes != MAP_FAILED
    else { return try read(.max) }
    return Data(
      bytesNoCopy: bytes, count: byteCount, deallocator: .custom { munmap($0, $1) })
  }

  private func next(_ count: Int, atMost limit: Int = .max) throws(SpikingError) -> Data {
    let count = min(count, limit)
    // Files with holes can be larger than memory, which Swift's own arrays would end the program for.
    guard count > 0 else { return Data() }
    guard let bytes = malloc(count) else {
      throw SpikingError(
        .exceedsMemory, visible(path), found: "\(count) bytes", expected: "what memory can hold")
    }
    var length = 0
    while length < count {
      let step = retrying { Foundation.read(descriptor, bytes + length, count - length) }
      guard step >= 0 else {
        let failure = Self.unopened(path)
        free(bytes)
        throw failure
      }
      if step == 0 { break }
      length += step
    }
    return Data(bytesNoCopy: bytes, count: length, deallocator: .free)
  }

  private static func requireRegular(_ status: stat, _ path: String) throws(SpikingError) {
    let kind = SystemFileKind(status)
    if kind == .regular { return }
    throw kind == .folder
      ? unreadable(path, systemReason(EISDIR))
      : SpikingError(
        .unreadableFile, visible(path), found: kind.rawValue, expected: "a file")
  }
}

extension InputFile {
  /// Checks that there is a regular file at `path` that can be read.
  ///
  /// - Throws: `unreadableFile`.
  package static func check(_ path: String) throws(SpikingError) {
    _ = try InputFile(path)
  }

  /// The bytes of the file at `path`.
  ///
  /// - Throws: `unreadableFile`.
  package static func read(_ path: String) throws(SpikingError) -> Data {
    try InputFile(path).read(.max)
  }

  /// A file that the last call of the system did not open.
  package static func unopened(_ path: String) -> SpikingError {
    unreadable(path, systemReason(errno))
  }

  /// A file or folder that the system does not permit to be read.
  package static func unreadable(_ path: String, _ reason: String) -> SpikingError {
    SpikingError(.unreadableFile, visible(path), "cannot be read: \(reason)")
  }
}
