internal import SpikingFiles
internal import SpikingFramework

/// Lists the arrays of a stimulus as text where they are short, and else as paths of files.
struct StimulusDataText: DataVisitor {
  /// The longest lists that are written as text.
  private static let longest = 100
  /// The file that the text is for, and where in it the stimulus stands.
  let path: String
  let place: String
  private(set) var fields: [(key: String, text: String)] = []
  private(set) var files: [(path: String, array: NumPyArray)] = []

  init(path: String, place: String) { (self.path, self.place) = (path, place) }

  mutating func callAsFunction(
    _ name: StaticString, _ arrays: inout [NumericArray], as layout: DataLayout
  ) {
    let count = arrays.reduce(0) { $0 + $1.values.count }
    let texts = arrays.map { array in
      "[\(array.values.map { JSONValue.text($0) }.joined(separator: ", "))]"
    }
    switch layout {
    case .list where count <= Self.longest: fields.append(("\(name)", texts.joined()))
    case .list: fields.append(("\(name)", file("\(name)", arrays[0])))
    case .lists:
      let lists = arrays.map(\.values)
      // Lists of different lengths are no array of a file.
      guard count > Self.longest, let matrix = try? NumericArray(rows: lists) else {
        return fields.append(("\(name)", "[\(texts.joined(separator: ", "))]"))
      }
      fields.append(("\(name)", file("\(name)", matrix)))
    case .arrays where arrays.count == 1:
      fields.append(("\(name)", file("\(name)", arrays[0])))
    case .arrays:
      let paths = arrays.enumerated().map { file("\(name)-\($0)", $1) }
      fields.append(("\(name)", "[\(paths.joined(separator: ", "))]"))
    }
  }

  mutating func callAsFunction(opaque name: StaticString) {}

  /// Plans a file beside the text, and gives its name as it stands in the text.
  private mutating func file(_ name: String, _ array: NumericArray) -> String {
    let file = "\(Paths.stem(path)).\(place)\(name).npy"
    files.append((Paths.folder(of: path) + file, NumPyArray(array.values, shape: array.shape)))
    return JSONValue.quoted(file)
  }
}
