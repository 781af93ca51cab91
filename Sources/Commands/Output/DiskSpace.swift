internal import Foundation
internal import Spiking

/// Whether a disk has room for what is to be written.
enum DiskSpace {
  /// Checks that the disk has room for networks, float32 [N, N] each. Those that they replace are not
  /// counted: a new file stands beside the old one until it is complete.
  ///
  /// - Throws: `unwritableFile`, before there is a folder.
  static func require(
    at path: String, networks: Int, neurons: Int
  ) throws(SpikingError) {
    let needed = Double(networks) * Double(neurons) * Double(neurons) * 4
    try require(needed, at: path, as: "a file holds neurons² weights of 4 bytes")
  }

  /// Checks that the disk has room for so many bytes.
  ///
  /// - Throws: `unwritableFile` with the reason for their number.
  static func require(
    _ needed: Double, at path: String, as reason: String
  ) throws(SpikingError) {
    // The folder, or where it will be.
    var place = URL(filePath: path)
    while !FileManager.default.fileExists(atPath: place.path), place.pathComponents.count > 1 {
      place.deleteLastPathComponent()
    }
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: place.path)
    // What is no disk has no size; that it cannot be written shows later.
    guard let size = attributes?[.systemSize] as? NSNumber, size.doubleValue > 0,
      let free = attributes?[.systemFreeSize] as? NSNumber, needed > free.doubleValue
    else { return }
    throw SpikingError(
      .unwritableFile, path, found: "\(inGigabytes(free.doubleValue)) of free disk space",
      expected: "\(inGigabytes(needed)), as \(reason)")
  }
}
