internal import CZip
internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

extension ZipArchive {
  /// What the bytes of an entry are.
  enum Content {
    /// Parts in memory, one after the other.
    case parts([Data])
    /// Those of the file at a path, which is copied in pieces.
    case file(String)
  }

  /// Writes an archive of uncompressed entries, without dates: equal entries make equal files.
  ///
  /// - Throws: `unwritableFile`.
  static func write(
    _ entries: [(name: String, content: Content)], to path: String
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
    _ entries: ArraySlice<(name: String, content: Content)>, to handle: OpaquePointer
  ) -> Bool {
    guard let entry = entries.first else { return zip_close(handle) == 0 }
    let rest = entries.dropFirst()
    switch entry.content {
    case .parts(let parts):
      return withFragments(parts[...]) { fragments in
        let source = zip_source_buffer_fragment(handle, fragments, UInt64(fragments.count), 0)
        return add(source, as: entry.name, to: handle) && add(rest, to: handle)
      }
    case .file(let path):
      // −1: to its end.
      return add(zip_source_file(handle, path, 0, -1), as: entry.name, to: handle)
        && add(rest, to: handle)
    }
  }

  private static func add(
    _ source: OpaquePointer?, as name: String, to handle: OpaquePointer
  ) -> Bool {
    guard let source else { return false }
    let index = zip_file_add(handle, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
    guard index >= 0 else {
      zip_source_free(source)
      return false
    }
    // Permissions are the same whatever a file's own; libzip takes those of the file where these are its own
    // default, 666. 1 January 1980 is the first day of MS-DOS.
    let attributes: UInt32 = 0o100_644 << 16
    return zip_set_file_compression(handle, UInt64(index), ZIP_CM_STORE, 0) == 0
      && zip_file_set_dostime(handle, UInt64(index), 0, 1 << 5 | 1, 0) == 0
      && zip_file_set_external_attributes(
        handle, UInt64(index), 0, UInt8(ZIP_OPSYS_UNIX), attributes) == 0
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
}
