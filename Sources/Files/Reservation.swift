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
    let failure = posix_fallocate(descriptor, 0, off_t(max(byteCount, 1)))
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
}
