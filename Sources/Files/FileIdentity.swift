internal import Foundation

/// Which file a path leads to, whatever the path: two that lead to the same file, by links or not, are
/// equal. A file that does not exist yet is identified by its folder and its name.
package struct FileIdentity: Hashable {
  private let device: UInt64
  private let number: UInt64
  private let name: String

  package init(_ path: String) {
    let place = (try? TemporaryPlace.followingLinks(path)) ?? path
    var status = stat()
    let exists = stat(place, &status) == 0
    let folder = Paths.folder(of: place)
    let isPlaced = exists || stat(folder.isEmpty ? "." : folder, &status) == 0
    device = isPlaced ? UInt64(truncatingIfNeeded: status.st_dev) : 0
    number = isPlaced ? UInt64(truncatingIfNeeded: status.st_ino) : 0
    name = exists ? "" : isPlaced ? String(place.dropFirst(folder.count)) : place
  }
}
