internal import Foundation
internal import SpikingFramework

/// What a file is by its first bytes, in words for errors of files that are given where others are read.
enum FileKind {
  /// The kind of a file that begins with these bytes.
  static func description(_ start: some Collection<UInt8>) -> String {
    let start = Array(start.prefix(512))
    for (bytes, name) in signatures where start.starts(with: bytes) { return name }
    if start.isEmpty { return "an empty file" }
    let isText = start.allSatisfy { $0 >= 32 || (9...13).contains($0) }
    guard isText else { return "bytes of another kind" }
    switch start.first(where: { $0 > 32 }) {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return "a text in JSON"
    default: return "a text, such as a table"
    }
  }

  /// The kind of the file at `path`.
  static func description(ofFile path: String) -> String {
    guard let file = try? FileHandle(forReadingFrom: URL(filePath: path)),
      let start = try? file.read(upToCount: 512)
    else { return "an empty file" }
    return description(start)
  }

  private static let signatures: [([UInt8], String)] = [
    ([0x93] + Array("NUMPY".utf8), "one array of NumPy (.npy)"),
    (Array("PK".utf8) + [3, 4], "an archive of arrays (.npz)"),
    (Array("PK".utf8) + [5, 6], "an archive of no arrays (.npz)"),
    ([0x89] + Array("HDF".utf8), "an HDF5 file (.nwb)"),
    (Array("MATLAB 5".utf8), "a file of MATLAB (.mat)"),
    ([0x1F, 0x8B], "a compressed file (.gz)"),
  ]
}

/// What the arrays of an archive are, in words for errors.
enum ArchiveKind {
  /// The kind of an archive with these arrays, and which they are.
  static func description(_ names: [String]) -> String {
    let kinds = [
      ("coupling_fitted", "a fit"), ("checkpoint_format", "a checkpoint"), ("time", "spike times"),
      ("bin", "spike events"), ("isi_counts", "results of an analysis"),
    ]
    let arrays =
      names.isEmpty
      ? "no arrays"
      : "the arrays " + names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
    guard let kind = kinds.first(where: { names.contains($0.0) }) else { return arrays }
    return "\(kind.1), \(arrays)"
  }
}
