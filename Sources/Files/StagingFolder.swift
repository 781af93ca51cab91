internal import Foundation
package import SpikingFramework

/// A hidden folder in which files are written before they take their places; it goes away with its value.
package struct StagingFolder: ~Copyable {
  package let path: String
  /// The folders above it that were missing; those that are empty at the end go away, too.
  private let made: [String]

  /// Makes a new one in a folder, "" for the current one, and what is missing above it. Those that killed
  /// processes have left there go.
  ///
  /// - Throws: `unwritableFile` about `destination`, which is to come out of it.
  package init(in folder: String, for destination: String) throws(SpikingError) {
    TemporaryName.removeAbandoned(inFolder: folder.isEmpty ? "." : folder)
    let parent = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
    let path = parent + TemporaryName.unique()
    var made: [String] = []
    for place in Self.missing(folder) + [path] {
      if mkdir(place, 0o777) == 0 {
        made.append(place)
      } else if errno != EEXIST {
        let reason = systemReason(errno)
        for place in made.reversed() { rmdir(place) }
        throw SpikingError(
          .unwritableFile, visible(destination), "the folder cannot be written: \(reason)")
      }
    }
    self.path = path
    self.made = made.dropLast()
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
    for place in made.reversed() { rmdir(place) }
  }

  /// The missing ones of a folder and those above it, the outermost first.
  private static func missing(_ folder: String) -> [String] {
    var missing: [String] = []
    var place = folder
    while true {
      while place.count > 1, place.hasSuffix("/") { place.removeLast() }
      guard !place.isEmpty, access(place, F_OK) != 0 else { return missing.reversed() }
      missing.append(place)
      place = Paths.folder(of: place)
    }
  }

  /// Lets a file of this folder appear at its place.
  ///
  /// - Throws: `unwritableFile`; the file is gone then.
  package func place(_ name: String, at place: TemporaryPlace) throws(SpikingError) {
    let file = "\(path)/\(name)"
    if rename(file, place.temporary) != 0 {
      // The place is a symbolic link to another disk.
      do {
        try FileManager.default.copyItem(atPath: file, toPath: place.temporary)
      } catch {
        unlink(place.temporary)
        throw OutputFile.unwritable(place.path, systemReason(error))
      }
    }
    try place.commit()
  }
}
