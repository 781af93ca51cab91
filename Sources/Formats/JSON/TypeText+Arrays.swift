internal import SpikingFramework

extension TypeText {
  /// The longest lists that are written as text.
  private static let longestList = 100

  /// The arrays of a stimulus as text where they are short, and else as the paths of files.
  mutating func text(_ arrays: NamedArrays, place: String) -> String {
    let name = place + arrays.name
    let count = arrays.values.reduce(0) { $0 + $1.values.count }
    switch arrays.layout {
    case .list where count > Self.longestList: return file(name, arrays.values[0])
    case .list: return Self.text(arrays.list)
    case .lists:
      // Lists of different lengths are no array of a file.
      if count > Self.longestList, let matrix = try? NumericArray(rows: arrays.lists) {
        return file(name, matrix)
      }
      return "[\(arrays.lists.map(Self.text).joined(separator: ", "))]"
    case .arrays where arrays.values.count == 1: return file(name, arrays.values[0])
    case .arrays:
      var paths: [String] = []
      for (index, array) in arrays.values.enumerated() {
        paths.append(file("\(name)-\(index)", array))
      }
      return "[\(paths.joined(separator: ", "))]"
    }
  }

  private mutating func file(_ name: String, _ array: NumericArray) -> String {
    file(name, NumPyArray(array.values, shape: array.shape))
  }

  private static func text(_ list: [Double]) -> String {
    "[\(list.map { JSONValue.text($0) }.joined(separator: ", "))]"
  }
}
