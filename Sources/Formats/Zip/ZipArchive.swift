internal import CZip
internal import Foundation
internal import SpikingFramework

/// A zip file that is read, by libzip.
struct ZipArchive: ~Copyable {
  let path: String
  private let handle: OpaquePointer

  /// Opens the archive at `path` for reading.
  init(_ path: String) throws(SpikingError) {
    // libzip has words of its own for a missing file; all formats say it alike.
    guard let stream = fopen(path, "r") else {
      throw InputFile.unopened(path)
    }
    fclose(stream)
    var code: Int32 = 0
    guard let handle = zip_open(path, ZIP_RDONLY, &code) else {
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      let kind = FileKind.description(ofFile: path)
      // A damaged archive has a reason of libzip's.
      guard zip_error_code_zip(&error) != ZIP_ER_NOZIP || kind.hasPrefix("an archive") else {
        throw SpikingError(
          .unreadableFile, path, found: kind,
          expected: "an archive of arrays (.npz)")
      }
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

  /// An entry, to be read from its front while this archive is open.
  ///
  /// - Throws: `invalidData` where the entry is not there, or packed in an unknown way.
  func entry(_ name: String) throws(SpikingError) -> ZipEntry {
    try ZipEntry(name, in: handle, subject: "\(path): \(name)")
  }

  /// The bytes of an entry, or the first of them.
  ///
  /// - Throws: `invalidData` where the entry is not there, damaged, or packed in an unknown way.
  func read(_ name: String, limit: Int = .max) throws(SpikingError) -> Data {
    var entry = try entry(name)
    return try entry.read(limit)
  }

  /// The system's words where libzip failed on a system call, else libzip's.
  static func reason(_ error: UnsafeMutablePointer<zip_error_t>) -> String {
    zip_error_system_type(error) == ZIP_ET_SYS && zip_error_code_system(error) != 0
      ? systemReason(zip_error_code_system(error)) : String(cString: zip_error_strerror(error))
  }
}
