package import Foundation

/// Where the files are that tests read.
package enum TestFiles {
  /// The folder `Tests`.
  package static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
  /// The folder of the package.
  package static let package = folder.deletingLastPathComponent()
  /// Recordings and connectomes, which need not be there.
  package static let sharedData = package.deletingLastPathComponent().appending(path: "shared/data")

  /// The path of a stored file, such as "nwb/units.nwb".
  package static func golden(_ name: String) -> String {
    folder.appending(path: "Golden/\(name)").path
  }
}
