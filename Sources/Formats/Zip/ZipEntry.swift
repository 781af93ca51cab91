internal import CZip
internal import Foundation
internal import SpikingFramework

/// An entry of a zip file as it is read from front to back, while the archive is open.
struct ZipEntry: ~Copyable {
  /// The number of its bytes, unpacked, as the archive says.
  let byteCount: Int
  private let subject: String
  private let handle: OpaquePointer
  private var position = 0

  /// The entry of this name.
  ///
  /// - Throws: `invalidData` about `subject` where there is none, or none that can be unpacked.
  init(_ name: String, in archive: OpaquePointer, subject: String) throws(SpikingError) {
    var status = zip_stat_t()
    guard zip_stat(archive, name, 0, &status) == 0, let handle = zip_fopen(archive, name, 0) else {
      throw SpikingError(.invalidData, subject, ZipArchive.reason(zip_get_error(archive)))
    }
    // Deflated bytes stand for at most 1032 each; a size beyond that is damage, and would be
    // allocated before anything is read.
    guard status.size / 1032 <= status.comp_size, let byteCount = Int(exactly: status.size) else {
      zip_fclose(handle)
      throw SpikingError(
        .invalidData, subject, found: "\(status.size) bytes",
        expected: "at most 1032 for each of the \(status.comp_size) compressed ones")
    }
    self.byteCount = byteCount
    self.subject = subject
    self.handle = handle
  }

  deinit { zip_fclose(handle) }

  /// The next `count` bytes, or all that are left.
  ///
  /// - Throws: `invalidData` where the entry is damaged.
  mutating func read(_ count: Int) throws(SpikingError) -> Data {
    var data = Data(count: min(count, byteCount - position))
    let count = data.withUnsafeMutableBytes { bytes in
      var count = 0
      while count < bytes.count {
        let read = zip_fread(
          handle, bytes.baseAddress?.advanced(by: count), UInt64(bytes.count - count))
        if read <= 0 { return read < 0 ? nil : count }
        count += Int(read)
      }
      return count
    }
    guard let count else { throw failure() }
    position += count
    guard count == data.count else {
      throw SpikingError(
        .invalidData, subject, found: "\(position) bytes", expected: "\(byteCount)")
    }
    if position == byteCount {
      // The checksum is compared where the end is read.
      var excess: UInt8 = 0
      guard zip_fread(handle, &excess, 1) == 0 else { throw failure() }
    }
    return data
  }

  private func failure() -> SpikingError {
    SpikingError(.invalidData, subject, ZipArchive.reason(zip_file_get_error(handle)))
  }
}
