internal import Foundation
public import SpikingFramework

/// A file that appears whole or not at all.
///
/// The bytes go to a hidden temporary file in the same folder, which takes the destination's name
/// once everything has been written. When anything fails, or when the value goes away before
/// `finish()`, the temporary file is removed and the destination stays as it was.
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
  private var stream: UnsafeMutablePointer<FILE>?

  /// A file that is to appear at `path`.
  ///
  /// - Throws: `unwritableFile` where nothing can be written there.
  public init(_ path: String) throws(SpikingError) {
    let place = try TemporaryPlace(for: path)
    // "x": the temporary file must be new.
    guard let stream = fopen(place.temporary, "wx") else {
      throw Self.unwritable(path, systemReason(errno))
    }
    self.path = path
    self.place = place
    self.stream = stream
  }

  deinit {
    guard let stream else { return }
    fclose(stream)
    unlink(place.temporary)
  }

  /// Appends bytes.
  ///
  /// - Throws: `unwritableFile`, as when the disk is full.
  public mutating func write(_ bytes: RawSpan) throws(SpikingError) {
    let isWritten = bytes.withUnsafeBytes {
      fwrite($0.baseAddress, 1, $0.count, stream) == $0.count
    }
    guard isWritten || bytes.isEmpty else { throw Self.unwritable(path, systemReason(errno)) }
  }

  /// Appends text in UTF-8.
  ///
  /// - Throws: `unwritableFile`, as when the disk is full.
  public mutating func write(_ text: String) throws(SpikingError) {
    try write(Array(text.utf8).span.bytes)
  }

  /// Where the bytes are meanwhile.
  var temporaryPath: String { place.temporary }

  /// Writes over the first bytes, and goes on at the end. Others can then read all bytes at
  /// `temporaryPath`.
  ///
  /// - Throws: `unwritableFile`, also where an earlier write failed.
  mutating func overwriteStart(_ bytes: RawSpan) throws(SpikingError) {
    guard ferror(stream) == 0 else { throw Self.unwritable(path, systemReason(EIO)) }
    guard fseek(stream, 0, SEEK_SET) == 0 else { throw Self.unwritable(path, systemReason(errno)) }
    try write(bytes)
    // Going on at the end also writes what is buffered.
    guard fseek(stream, 0, SEEK_END) == 0 else { throw Self.unwritable(path, systemReason(errno)) }
  }

  /// Lets the file appear at its destination.
  ///
  /// - Throws: `unwritableFile`; the temporary file is gone then.
  public consuming func finish() throws(SpikingError) {
    // Buffered bytes are written here, so that a full disk may show only now.
    let failure = fclose(stream) == 0 ? nil : systemReason(errno)
    stream = nil
    guard let failure else { return try place.commit() }
    unlink(place.temporary)
    throw Self.unwritable(path, failure)
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
    } catch {
      unlink(place.temporary)
      throw error
    }
    try place.commit()
  }

  /// The error of a destination that cannot be written.
  static func unwritable(_ path: String, _ reason: String) -> SpikingError {
    SpikingError(.unwritableFile, visible(path), "cannot be written: \(reason)")
  }
}
