internal import Foundation
package import SpikingFramework

/// Where a file is written before it takes its destination's name: a hidden name in the same
/// folder, which tells the process that writes it.
package struct TemporaryPlace {
  /// The destination as it was given, for messages.
  package let path: String
  /// The destination itself, symbolic links followed, also those that lead to nothing yet.
  package let destination: String
  /// The hidden name, with its folder.
  package let temporary: String
  /// Whether the file is one of a set, which can be made again and is not waited for: hundreds of networks
  /// would take seconds.
  var isOfSet: Bool { TemporaryName.isWithin(destination) }
  /// Permissions and owner of the file that is replaced.
  private let former: stat?

  /// The permissions of the hidden file: no other user reads what takes the place of a file until it has that
  /// file's permissions.
  var mode: mode_t { former == nil ? 0o666 : 0o600 }

  /// - Throws: `unwritableFile` where the destination is there and is not a regular file, as a device must
  ///   not be replaced by a file, or may not be written.
  package init(for path: String) throws(SpikingError) {
    self.path = path
    guard !path.utf8.contains(0) else { throw OutputFile.unwritable(path, systemReason(EINVAL)) }
    destination = try Self.followingLinks(path)
    var status = stat()
    if stat(destination, &status) == 0 {
      let kind = SystemFileKind(status)
      guard kind == .regular else {
        throw OutputFile.unwritable(
          path,
          kind == .folder ? systemReason(EISDIR) : "It is not a regular file, but \(kind.rawValue)")
      }
      guard access(destination, W_OK) == 0 else {
        throw OutputFile.unwritable(path, systemReason(errno))
      }
      former = status
    } else {
      former = nil
    }
    temporary = Paths.folder(of: destination) + TemporaryName.unique()
  }

  /// Gives the temporary file its destination's name, and the permissions of the file that was there; or
  /// removes it.
  package func commit() throws(SpikingError) {
    if let former {
      // Only the system's administrator may give files away; permissions last, as that takes some back.
      _ = chown(temporary, former.st_uid, former.st_gid)
      chmod(temporary, former.st_mode & 0o777)
    }
    guard retrying({ rename(temporary, destination) }) == 0 else {
      let reason = systemReason(errno)
      unlink(temporary)
      throw OutputFile.unwritable(path, reason)
    }
  }

  /// Where the links of a path lead, be there a file or not.
  static func followingLinks(_ path: String) throws(SpikingError) -> String {
    var (place, status) = (path, stat())
    for _ in 0..<40 {
      guard lstat(place, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return place }
      guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: place) else {
        throw OutputFile.unwritable(path, "its symbolic link cannot be read")
      }
      place = target.hasPrefix("/") ? target : Paths.folder(of: place) + target
    }
    throw OutputFile.unwritable(path, systemReason(ELOOP))
  }
}
