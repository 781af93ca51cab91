/// What a file is by its first bytes, in words for errors of files that are given where others are read.
package enum FileKind {
  /// The kind of a file that begins with these bytes.
  package static func description(_ start: some Collection<UInt8>) -> String {
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
  package static func description(ofFile path: String) -> String {
    guard let start = try? InputFile(path).read(512) else { return "an empty file" }
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
