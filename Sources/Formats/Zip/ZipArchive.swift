internal import CZip
internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

/// A zip file that is read, by libzip.
struct ZipArchive: ~Copyable {
  let path: String
  /// The size of the file, which no entry can exceed.
  let byteCount: Int
  private let handle: OpaquePointer

  /// Opens the archive at `path` for reading.
  init(_ path: String) throws(SpikingError) {
    // libzip has words of its own for a missing file; all formats say it alike.
    let byteCount = try InputFile(path).byteCount
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
    self.byteCount = byteCount
    self.handle = handle
  }

  deinit { zip_discard(handle) }

  /// The names of the entries, in the order of the archive; empty where one cannot be read.
  var names: [String] {
    (0..<UInt64(max(zip_get_num_entries(handle, 0), 0))).map { index in
      zip_get_name(handle, index, 0).map { String(cString: $0) } ?? ""
    }
  }

  /// The entry with this number in `names`, to be read from its front while this archive is open.
  ///
  /// - Parameter subject: what errors name.
  /// - Throws: `invalidData` where the entry cannot be as large as it says, or is packed in an unknown
  ///   way.
  func entry(_ index: Int, subject: String) throws(SpikingError) -> ZipEntry {
    try ZipEntry(UInt64(index), in: handle, ofSize: byteCount, subject: subject)
  }

  /// The system's words where libzip failed on a system call, else libzip's.
  static func reason(_ error: UnsafeMutablePointer<zip_error_t>) -> String {
    zip_error_system_type(error) == ZIP_ET_SYS && zip_error_code_system(error) != 0
      ? systemReason(zip_error_code_system(error)) : String(cString: zip_error_strerror(error))
  }
}
