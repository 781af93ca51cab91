internal import Foundation
internal import SpikingFramework

/// Where a file is written before it takes its destination's name: a hidden name in the same
/// folder.
struct TemporaryPlace {
  /// The destination as it was given, for messages.
  let path: String
  /// The destination itself, symbolic links followed.
  let destination: String
  let temporary: String

  /// - Throws: `unwritableFile` where the destination is there and is not a regular file: a device
  ///   must not be replaced by a file.
  init(for path: String) throws(SpikingError) {
    self.path = path
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else {
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        throw OutputFile.unwritable(
          path, isFolder ? systemReason(EISDIR) : "It is not a regular file")
      }
      destination = URL(filePath: path).resolvingSymlinksInPath().path
    } else {
      destination = path
    }
    let number = String(UInt64.random(in: .min ... .max), radix: 16)
    temporary = "\(InputFile.folder(of: destination)).spiking-\(number)"
  }

  /// Gives the temporary file its destination's name, or removes it.
  func commit() throws(SpikingError) {
    guard rename(temporary, destination) == 0 else {
      let reason = systemReason(errno)
      unlink(temporary)
      throw OutputFile.unwritable(path, reason)
    }
  }
}
