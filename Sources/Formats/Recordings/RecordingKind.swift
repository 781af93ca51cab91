internal import SpikingFiles
internal import SpikingFramework

/// Which files are recordings and no networks.
package enum RecordingKind {
  /// Whether a file or a folder is a recording: events or times (`.npz` with their arrays), dense counts (`.npy` of whole numbers that
  /// is not square), a session (`.nwb`), a file of MATLAB without a square matrix, a table of spikes, or a folder of a sorter.
  package static func holds(_ path: String) -> Bool {
    if Paths.isFolder(path) { return (try? SorterFolder.isOne(path)) ?? false }
    let (file, variable) = MATLABFile.fileAndVariable(path)
    switch Paths.pathExtension(file) {
    case "npz":
      guard let archive = try? NumPyArchive(contentsOf: path) else { return false }
      return ArchiveKind.holdsSpikes(archive.names)
    case "npy":
      guard let shape = (try? NumPyArray.description(ofFile: path))?.shape else { return false }
      return shape.count == 2 && shape[0] != shape[1] && mayHoldCounts(path)
    case "nwb": return true
    case "mat": return (try? isRecording(MATLABFile(file), variable)) ?? false
    case "csv", "tsv", "txt": return SpikeTable.isOne(path)
    default: return false
    }
  }

  /// Whether a file of MATLAB, or a variable of it, is no network: what it lacks for spikes is then said.
  private static func isRecording(
    _ file: borrowing MATLABFile, _ variable: String?
  ) -> Bool {
    if (try? file.units(variable)) != nil { return true }
    guard let variable else { return (try? file.networks().isEmpty) ?? false }
    guard let value = try? file.value(variable), value.shape.count == 2 else { return true }
    return value.shape[0] != value.shape[1]
      || ![.numbers, .truthValues, .sparse].contains(value.kind)
  }

  /// Whether a file is a `.npy` of whole numbers, which may be counts of spikes, or weights.
  package static func mayHoldCounts(_ path: String) -> Bool {
    guard Paths.pathExtension(path) == "npy",
      let type = (try? NumPyArray.description(ofFile: path))?.elementType
    else { return false }
    switch type {
    case .float16, .float32, .float64, .unicode, .bytes: return false
    default: return true
    }
  }
}
