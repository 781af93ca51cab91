internal import SpikingFiles
internal import SpikingFramework

/// Whether a file is one that this package writes, so that an output may take its place.
package enum OwnFile {
  /// Whether the file at `path` is empty or says that this package wrote it: an array or a field
  /// `version`. NumPy's `.npy` has no place for that; those of the shapes and types that are written count:
  /// dense counts, networks and delays.
  ///
  /// - Complexity: O(1), texts in JSON O(bytes).
  package static func isAt(_ path: String) -> Bool {
    guard let file = try? InputFile(path) else { return false }
    if file.byteCount == 0 { return true }
    switch Paths.pathExtension(path) {
    case "npz":
      guard let archive = try? NumPyArchive(path) else { return false }
      return archive.names.contains("version")
    case "npy":
      let header = try? NumPyHeader { (count: Int) throws(SpikingError) in try file.read(count) }
      guard let header, header.shape.count == 2 else { return false }
      return switch header.elementType {
      case .uint8: true
      case .float32, .uint16: header.shape[0] == header.shape[1]
      default: false
      }
    case "json":
      return (try? JSONObject(contentsOf: path))?["version"] != nil
    default: return false
    }
  }
}
