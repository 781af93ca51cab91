internal import Foundation
package import SpikingFramework

/// Room on a disk that nothing else can take, until the value goes away.
package struct Reservation: ~Copyable {
  private let file: String

  /// Takes `byteCount` bytes on the disk of the file at `path`.
  ///
  /// - Throws: `unwritableFile` where there is no room.
  package init(of byteCount: Int, beside path: String) throws(SpikingError) {
    let file = try TemporaryPlace(for: path).temporary
    let descriptor = retrying { open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
    guard descriptor >= 0 else { throw OutputFile.unwritable(path, systemReason(errno)) }
    let failure = Self.allocate(off_t(max(byteCount, 1)), in: descriptor)
    close(descriptor)
    // Not every disk can.
    guard failure == 0 || failure == EOPNOTSUPP || failure == EINVAL else {
      unlink(file)
      throw SpikingError(
        .unwritableFile, visible(path),
        "there is no room for a checkpoint of \(byteCount) bytes beside it: \(systemReason(failure))"
      )
    }
    self.file = file
  }

  deinit { unlink(file) }

  /// - Returns: the number of the error; 0 where there is room.
  private static func allocate(_ byteCount: off_t, in descriptor: Int32) -> Int32 {
    #if canImport(Darwin)
      var store = fstore_t(
        fst_flags: UInt32(F_ALLOCATEALL), fst_posmode: F_PEOFPOSMODE, fst_offset: 0,
        fst_length: byteCount, fst_bytesalloc: 0)
      return retrying { fcntl(descriptor, F_PREALLOCATE, &store) } == 0 ? 0 : errno
    #else
      while true {
        let failure = posix_fallocate(descriptor, 0, byteCount)
        if failure != EINTR { return failure }
      }
    #endif
  }
}
