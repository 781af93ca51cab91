internal import Foundation
package import SpikingFramework

/// The parts of paths, and what lies in folders.
package enum Paths {
  /// The name of a file without folder and extension: "networks/a.npy" is "a".
  package static func stem(_ path: String) -> String {
    URL(filePath: path).deletingPathExtension().lastPathComponent
  }

  /// The name of a file without its folder.
  package static func name(_ path: String) -> String {
    String(path.dropFirst(folder(of: path).count))
  }

  /// The extension in lower case, without its dot.
  package static func pathExtension(_ path: String) -> String {
    URL(filePath: path).pathExtension.lowercased()
  }

  /// The folder of a path with its slash; empty for a bare name.
  package static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && SystemFileKind(status) == .folder
  }

  /// The names in the folder at `path`, hidden ones left out, in natural order: 2 before 10.
  ///
  /// - Throws: `unreadableFile`.
  package static func names(inFolder path: String) throws(SpikingError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { !$0.hasPrefix(".") }
        .sorted { left, right in
          // Numerically equal names, "1" and "01", still need an order.
          switch left.compare(right, options: .numeric) {
          case .orderedAscending: true
          case .orderedDescending: false
          case .orderedSame: left < right
          }
        }
    } catch {
      throw InputFile.unreadable(path, systemReason(error))
    }
  }
}

/// A path as it stands in a message, where nothing would not be seen.
package func visible(_ path: String) -> String { path.isEmpty ? "\"\"" : path }
