internal import Foundation
internal import SpikingFiles
public import SpikingFramework

extension ConnectivityFile {
  /// The names of the neurons: of a text file, one a line; of an `.npz`, its array `names`; of an
  /// `.npy`, itself.
  ///
  /// - Throws: `unreadableFile`, or `invalidData` where the array does not hold strings.
  public static func labels(_ path: String) throws(SpikingError) -> [String] {
    switch Paths.pathExtension(path) {
    case "npz": return try NumPyArchive(contentsOf: path).array("names").strings()
    case "npy": return try NumPyArray(contentsOf: path).strings()
    default:
      guard let text = String(data: try InputFile.read(path), encoding: .utf8) else {
        throw SpikingError(.invalidData, path, found: "other bytes", expected: "text in UTF-8")
      }
      var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      while lines.last == "" { lines.removeLast() }
      return lines
    }
  }
}
