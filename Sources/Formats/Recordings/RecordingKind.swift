internal import SpikingFiles

/// Which files are recordings and no networks.
package enum RecordingKind {
  /// Whether a file or a folder is a recording: events or times (`.npz` with their arrays), dense counts (`.npy` of whole numbers that
  /// is not square), a session (`.nwb`), a table of spikes, or a folder of a sorter.
  package static func holds(_ path: String) -> Bool {
    if Paths.isFolder(path) { return (try? SorterFolder.isOne(path)) ?? false }
    switch Paths.pathExtension(path) {
    case "npz":
      guard let archive = try? NumPyArchive(contentsOf: path) else { return false }
      return ArchiveKind.holdsSpikes(archive.names)
    case "npy":
      guard let array = try? NumPyArray(contentsOf: path), array.shape.count == 2,
        array.shape[0] != array.shape[1]
      else { return false }
      switch array.elementType {
      case .float32, .float64, .unicode: return false
      default: return true
      }
    case "nwb": return true
    case "csv", "tsv", "txt": return SpikeTable.isOne(path)
    default: return false
    }
  }
}
