internal import SpikingFiles
internal import SpikingFramework

/// Whether a file is one that this package writes, so that an output may take its place.
package enum OwnFile {
  /// Whether the file at `path` is empty or says that this package wrote it: an array or a field
  /// `version` beside others of ours, our name in a `.nwb`, or the first words of a `.mat`. NumPy's `.npy` has no place for that.
  ///
  /// - Complexity: O(1), texts in JSON O(bytes).
  package static func isAt(_ path: String) -> Bool {
    guard let file = try? InputFile(path) else { return false }
    if file.byteCount == 0 { return true }
    switch Paths.pathExtension(path) {
    case "npz":
      guard let archive = try? NumPyArchive(contentsOf: path) else { return false }
      return archive.names.contains("version")
        && archive.names.contains {
          ["neuron", "baseline", "bias", "interval", "network", "indptr"].contains($0)
        }
    case "json":
      guard let object = try? JSONObject(contentsOf: path), object["version"] != nil else {
        return false
      }
      let keys = ["format", "generator", "neurons", "lengths", "neuron_steps"]
      return keys.contains { object[$0] != nil }
    case "nwb":
      guard let file = try? NWBFile(path) else { return false }
      return file.isOwn
    case "mat":
      return (try? file.read(128))?.starts(with: MATLABFile.signature.utf8) ?? false
    default: return false
    }
  }
}
