internal import Foundation
public import SpikingFramework

/// A file that appears whole or not at all.
///
/// The bytes go to a hidden temporary file in the same folder, which takes the destination's name,
/// and the permissions of a file that was there, once everything has been written and is on the
/// disk. When anything fails, or when the value goes away before `finish()`, the temporary file is
/// removed and the destination stays as it was.
///
/// ```swift
/// var file = try OutputFile("rates.txt")
/// try file.write("12.5\n")
/// try file.finish()
/// ```
public struct OutputFile: ~Copyable {
  /// The destination, as it was given.
  public let path: String
  private let place: TemporaryPlace
  private var descriptor: Int32
  /// What is not written yet.
  private var buffer: [UInt8] = []
  /// The number of bytes in the file.
  private var length = 0

  private static let bufferLength = 1 << 16

  /// A file that is to appear at `path`.
  ///
  /// - Throws: `unwritableFile` where nothing can be written there.
  public init(_ path: String) throws(SpikingError) {
    let place = try TemporaryPlace(for: path)
    let descriptor = retrying {
      open(place.temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, place.mode)
    }
    guard descriptor >= 0 else { throw Self.unwritable(path, systemReason(errno)) }
    self.path = path
    self.place = place
    self.descriptor = descriptor
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(place.temporary)
  }

  /// Appends bytes.
  ///
  /// - Throws: `unwritableFile`, as when the disk is full; some of the bytes may have been appended.
  public mutating func write(_ bytes: RawSpan) throws(SpikingError) {
    if buffer.count + bytes.byteCount > Self.bufferLength { try flush() }
    if bytes.byteCount < Self.bufferLength {
      bytes.withUnsafeBytes { buffer.append(contentsOf: $0) }
    } else {
      length += try put(bytes, at: length)
    }
  }

  /// Appends text in UTF-8.
  ///
  /// - Throws: `unwritableFile`, as when the disk is full.
  public mutating func write(_ text: String) throws(SpikingError) {
    try write(Array(text.utf8).span.bytes)
  }

  /// Where the bytes are meanwhile.
  package var temporaryPath: String { place.temporary }

  /// Writes what is buffered, and then over the first bytes; writing goes on at the end. Others can
  /// then read all bytes at `temporaryPath`.
  ///
  /// - Throws: `unwritableFile`.
  package mutating func overwriteStart(_ bytes: RawSpan) throws(SpikingError) {
    try flush()
    precondition(bytes.byteCount <= length, "there are not so many bytes")
    _ = try put(bytes, at: 0)
  }

  /// Writes the bytes from an offset on to another file, also those that found no room on this disk.
  package func copy(from offset: Int, to other: inout OutputFile) throws(SpikingError) {
    if offset < length {
      let source = try InputFile(place.temporary)
      _ = try source.read(offset)
      for start in stride(from: offset, to: length, by: 1 << 20) {
        try other.write(source.read(min(1 << 20, length - start)).bytes)
      }
    }
    try other.write(buffer.span.bytes.extracting(max(0, offset - length)...))
  }

  /// Takes away all but the first bytes, also those of a write that failed.
  package mutating func truncate(to byteCount: Int) {
    let written = min(byteCount, length)
    buffer.removeSubrange(min(byteCount - written, buffer.count)...)
    length = written
    ftruncate(descriptor, off_t(written))
  }

  /// Lets the file appear at its destination.
  ///
  /// - Throws: `unwritableFile`; the temporary file is gone then.
  public consuming func finish() throws(SpikingError) {
    try flush()
    // A disk may be full, or broken, and say so only here.
    guard place.isOfSet || retrying({ fsync(descriptor) }) == 0 || errno == EINVAL else {
      throw Self.unwritable(path, systemReason(errno))
    }
    let status = close(descriptor)
    descriptor = -1
    guard status == 0 || errno == EINTR else {
      let reason = systemReason(errno)
      unlink(place.temporary)
      throw Self.unwritable(path, reason)
    }
    try place.commit()
  }

  /// Writes what is buffered, so that others can read all bytes at `temporaryPath`.
  package mutating func flush() throws(SpikingError) {
    guard !buffer.isEmpty else { return }
    length += try put(buffer.span.bytes, at: length)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes bytes at an offset.
  ///
  /// - Returns: their number.
  private func put(_ bytes: RawSpan, at offset: Int) throws(SpikingError) -> Int {
    let isWritten = bytes.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let step = retrying {
          pwrite(
            descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done,
            off_t(offset + done))
        }
        guard step > 0 else { return false }
        done += step
      }
      return true
    }
    guard isWritten else { throw Self.unwritable(path, systemReason(errno)) }
    return bytes.byteCount
  }

  /// Makes an empty file, so that no other process takes its name.
  ///
  /// - Returns: whether the name was free.
  /// - Throws: `unwritableFile`.
  package static func takeName(_ path: String) throws(SpikingError) -> Bool {
    let descriptor = retrying { open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
    if descriptor < 0 {
      guard errno == EEXIST else { throw unwritable(path, systemReason(errno)) }
      return false
    }
    close(descriptor)
    return true
  }

  /// Lets a library that writes to paths of its own make the file at `path`.
  ///
  /// - Parameter body: writes the file at the temporary path it is given, where there is none yet.
  /// - Throws: `unwritableFile`, or the error of `body`; the temporary file is gone then.
  public static func make(
    at path: String, _ body: (_ temporaryPath: String) throws(SpikingError) -> Void
  ) throws(SpikingError) {
    let place = try TemporaryPlace(for: path)
    do {
      try body(place.temporary)
      if !place.isOfSet { try synchronize(place.temporary, for: path) }
    } catch {
      unlink(place.temporary)
      throw error
    }
    try place.commit()
  }

  /// Waits until a file is on the disk.
  private static func synchronize(_ file: String, for path: String) throws(SpikingError) {
    let descriptor = retrying { open(file, O_RDONLY | O_CLOEXEC) }
    defer { if descriptor >= 0 { close(descriptor) } }
    guard descriptor >= 0, retrying({ fsync(descriptor) }) == 0 || errno == EINVAL else {
      throw unwritable(path, systemReason(errno))
    }
  }

  /// The error of a destination that cannot be written.
  package static func unwritable(_ path: String, _ reason: String) -> SpikingError {
    SpikingError(.unwritableFile, visible(path), "cannot be written: \(reason)")
  }
}
