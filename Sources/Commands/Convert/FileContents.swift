internal import Foundation
internal import Spiking

/// What kind of thing a file holds.
enum FileContents {
  /// Whether a file holds spikes and not a network: events or times (`.npz` with their arrays), dense
  /// counts (`.npy` of whole numbers that is not square), or units (`.nwb`).
  static func holdsSpikes(_ path: String) -> Bool {
    switch (path as NSString).pathExtension.lowercased() {
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
    default: return false
    }
  }
}
