internal import CZip
internal import Foundation
internal import SpikingFramework

/// A zip file, by libzip: the only place that speaks to it.
struct ZipArchive: ~Copyable {
  let path: String
  private let handle: OpaquePointer

  /// Opens the archive at `path` for reading.
  init(_ path: String) throws(SpikingError) {
    // libzip has words of its own for a missing file; all formats say it alike.
    guard let stream = fopen(path, "r") else {
      throw InputFile.unreadable(path, POSIXError(.init(rawValue: errno) ?? .EIO))
    }
    fclose(stream)
    var code: Int32 = 0
    guard let handle = zip_open(path, ZIP_RDONLY, &code) else {
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      throw SpikingError(.unreadableFile, path, "cannot be read: \(Self.reason(&error))")
    }
    self.path = path
    self.handle = handle
  }

  deinit { zip_discard(handle) }

  /// The names of the entries, in the order of the archive.
  var names: [String] {
    (0..<UInt64(max(zip_get_num_entries(handle, 0), 0))).compactMap { index in
      zip_get_name(handle, index, 0).map { String(cString: $0) }
    }
  }

  /// The bytes of an entry, or the first of them.
  ///
  /// - Throws: `invalidData` where the entry is not there, damaged, or packed in an unknown way.
  func read(_ name: String, limit: Int = .max) throws(SpikingError) -> Data {
    let subject = "\(path): \(name)"
    var status = zip_stat_t()
    guard zip_stat(handle, name, 0, &status) == 0, let entry = zip_fopen(handle, name, 0) else {
      throw SpikingError(.invalidData, subject, Self.reason(zip_get_error(handle)))
    }
    defer { zip_fclose(entry) }
    // Deflated bytes stand for at most 1032 each; a size beyond that is damage, and would be
    // allocated before anything is read.
    guard status.size / 1032 <= status.comp_size, let size = Int(exactly: status.size) else {
      throw SpikingError(
        .invalidData, subject, found: "\(status.size) bytes",
        expected: "at most 1032 for each of the \(status.comp_size) compressed ones")
    }
    var data = Data(count: min(size, limit))
    let count = data.withUnsafeMutableBytes { bytes in
      var count = 0
      while count < bytes.count {
        let read = zip_fread(
          entry, bytes.baseAddress?.advanced(by: count), UInt64(bytes.count - count))
        if read <= 0 { return read < 0 ? nil : count }
        count += Int(read)
      }
      return count
    }
    guard let count else {
      throw SpikingError(.invalidData, subject, Self.reason(zip_file_get_error(entry)))
    }
    // The checksum is compared where the end is read.
    var excess: UInt8 = 0
    let isEnd = size > limit || zip_fread(entry, &excess, 1) == 0
    guard isEnd, count == data.count else {
      throw SpikingError(
        .invalidData, subject,
        count < data.count
          ? "found \(count) bytes, expected \(data.count)" : Self.reason(zip_file_get_error(entry)))
    }
    return data
  }

  /// Writes an archive of uncompressed entries, each the concatenation of its parts, without dates:
  /// equal entries make equal files.
  ///
  /// - Throws: `unwritableFile`.
  static func write(
    _ entries: [(name: String, parts: [Data])], to path: String
  ) throws(SpikingError) {
    try OutputFile.make(at: path) { temporaryPath throws(SpikingError) in
      var code: Int32 = 0
      guard let handle = zip_open(temporaryPath, ZIP_CREATE | ZIP_EXCL, &code) else {
        var error = zip_error_t()
        zip_error_init_with_code(&error, code)
        defer { zip_error_fini(&error) }
        throw OutputFile.unwritable(path, reason(&error))
      }
      guard add(entries[...], to: handle) else {
        let failure = OutputFile.unwritable(path, reason(zip_get_error(handle)))
        zip_discard(handle)
        throw failure
      }
    }
  }

  /// Adds the entries and closes the archive, one call within the other, because libzip reads their
  /// bytes where they are, and not before it closes.
  private static func add(
    _ entries: ArraySlice<(name: String, parts: [Data])>, to handle: OpaquePointer
  ) -> Bool {
    guard let entry = entries.first else { return zip_close(handle) == 0 }
    return withFragments(entry.parts[...]) { fragments in
      guard let source = zip_source_buffer_fragment(handle, fragments, UInt64(fragments.count), 0)
      else { return false }
      let index = zip_file_add(handle, entry.name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
      guard index >= 0 else {
        zip_source_free(source)
        return false
      }
      // 1 January 1980, the first day of MS-DOS.
      guard zip_set_file_compression(handle, UInt64(index), ZIP_CM_STORE, 0) == 0,
        zip_file_set_dostime(handle, UInt64(index), 0, 1 << 5 | 1, 0) == 0
      else { return false }
      return add(entries.dropFirst(), to: handle)
    }
  }

  private static func withFragments(
    _ parts: ArraySlice<Data>, _ found: [zip_buffer_fragment_t] = [],
    _ body: ([zip_buffer_fragment_t]) -> Bool
  ) -> Bool {
    guard let part = parts.first else { return body(found) }
    return part.withUnsafeBytes { bytes in
      let start = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
      let fragment = zip_buffer_fragment_t(
        data: UnsafeMutablePointer(mutating: start), length: UInt64(bytes.count))
      return withFragments(parts.dropFirst(), found + [fragment], body)
    }
  }

  /// The system's words where libzip failed on a system call, else libzip's.
  private static func reason(_ error: UnsafeMutablePointer<zip_error_t>) -> String {
    zip_error_system_type(error) == ZIP_ET_SYS && zip_error_code_system(error) != 0
      ? systemReason(zip_error_code_system(error)) : String(cString: zip_error_strerror(error))
  }
}
