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

  /// The entry with this number.
  ///
  /// - Parameter size: that of the archive.
  /// - Throws: `invalidData` about `subject` where there is none, or none that can be unpacked.
  init(
    _ index: UInt64, in archive: OpaquePointer, ofSize size: Int, subject: String
  ) throws(SpikingError) {
    // What an archive says of sizes is compared with its own before anything is taken: deflated bytes
    // stand for at most 1032 each, stored ones for themselves.
    var status = zip_stat_t()
    guard zip_stat_index(archive, index, 0, &status) == 0 else {
      throw SpikingError(.invalidData, subject, ZipArchive.reason(zip_get_error(archive)))
    }
    let isStored = Int32(status.comp_method) == ZIP_CM_STORE
    guard status.comp_size <= size, status.size / (isStored ? 1 : 1032) <= status.comp_size,
      let byteCount = Int(exactly: status.size)
    else {
      throw SpikingError(
        .invalidData, subject, found: "\(status.size) bytes, \(status.comp_size) compressed",
        expected: isStored
          ? "as many as are stored, in a file of \(size)"
          : "at most 1032 for each compressed one, in a file of \(size)")
    }
    guard let handle = zip_fopen_index(archive, index, 0) else {
      throw SpikingError(.invalidData, subject, ZipArchive.reason(zip_get_error(archive)))
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
