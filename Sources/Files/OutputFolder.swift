internal import Foundation
public import SpikingFramework

/// Folders for output.
public enum OutputFolder {
  /// Makes the folder at `path` and those above it; one that is there already is left as it is.
  ///
  /// - Throws: `unwritableFile`, as where a file stands in the way.
  public static func create(_ path: String) throws(SpikingError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw SpikingError(
        .unwritableFile, visible(path), "the folder cannot be made: \(systemReason(error))")
    }
  }
}
