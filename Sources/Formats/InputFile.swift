internal import Foundation
internal import SpikingFramework

/// Reading of whole files and folders, with errors that give the system's reason.
enum InputFile {
  /// The bytes of the file at `path`.
  static func read(_ path: String) throws(SpikingError) -> Data {
    do {
      return try Data(contentsOf: URL(filePath: path))
    } catch {
      throw unreadable(path, error)
    }
  }

  /// The names in the folder at `path`, hidden ones left out, in natural order: 2 before 10.
  static func names(inFolder path: String) throws(SpikingError) -> [String] {
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
      throw unreadable(path, error)
    }
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// The name of a file without folder and extension: "networks/a.npy" is "a".
  static func stem(_ path: String) -> String {
    URL(filePath: path).deletingPathExtension().lastPathComponent
  }

  /// The extension in lower case, without its dot.
  static func pathExtension(_ path: String) -> String {
    URL(filePath: path).pathExtension.lowercased()
  }

  /// The folder of a path with its slash; empty for a bare name.
  static func folder(of path: String) -> Substring {
    path.lastIndex(of: "/").map { path[...$0] } ?? ""
  }

  /// A file that the last call of the system did not open: for all but Foundation, which has words of
  /// its own for a missing one.
  static func unopened(_ path: String) -> SpikingError {
    unreadable(path, POSIXError(.init(rawValue: errno) ?? .EIO))
  }

  /// A file or folder that the system does not let us read.
  static func unreadable(_ path: String, _ error: any Error) -> SpikingError {
    SpikingError(.unreadableFile, visible(path), "cannot be read: \(systemReason(error))")
  }
}

/// A path as it stands in a message, where nothing would not be seen.
func visible(_ path: String) -> String { path.isEmpty ? "\"\"" : path }

/// The system's words for a failure that Foundation reports.
func systemReason(_ error: any Error) -> String {
  let underlying = (error as? CocoaError)?.underlying ?? error
  return (underlying as? POSIXError).map { systemReason($0.code.rawValue) }
    ?? error.localizedDescription
}

/// The system's words for an error number: "No space left on device".
func systemReason(_ number: Int32) -> String {
  String(cString: strerror(number))
}
