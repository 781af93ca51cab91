public import SpikingFramework

extension JSONObject {
  /// The arrays of a stimulus under `key`: numbers in lists, the path of a `.npy` file or of a table, or a list of
  /// paths, as the layout allows.
  func arrays(_ key: String, as layout: NamedArrays.Layout) throws(SpikingError) -> [NumericArray] {
    switch self[key] {
    case .string(let path): return try arrays(at: path, as: layout)
    case .list(let list): return try arrays(key, list, as: layout)
    default: throw error(key, expected: "\(layout)")
    }
  }

  private func arrays(
    at path: String, as layout: NamedArrays.Layout
  ) throws(SpikingError) -> [NumericArray] {
    let file = try NumPyArray(inFile: resolved(path))
    // Rows without numbers may be any number of rows.
    guard file.shape.count < 2 || !file.shape.contains(0) else {
      throw file.error(
        "shape", found: NumPyHeader.text(file.shape), expected: "at least one number in each row")
    }
    let array = try file.numericArray()
    switch (layout, array.shape.count) {
    case (.arrays, _), (.list, 1), (.lists, 1): return [array]
    case (.lists, 2):
      let columns = array.shape[1]
      return (0..<array.shape[0]).map {
        NumericArray(Array(array.values[$0 * columns..<($0 + 1) * columns]))
      }
    default:
      throw file.error(
        "shape", found: NumPyHeader.text(file.shape),
        expected: layout == .list ? "(N,)" : "(channels, N)")
    }
  }

  private func arrays(
    _ key: String, _ list: [JSONValue], as layout: NamedArrays.Layout
  ) throws(SpikingError) -> [NumericArray] {
    switch (layout, list.first) {
    case (.arrays, .string):
      var arrays: [NumericArray] = []
      for (index, value) in list.enumerated() {
        guard case .string(let path) = value else {
          throw error("\(key)[\(index)]", found: value, expected: "a path, like the first")
        }
        arrays += try self.arrays(at: path, as: .arrays)
      }
      return arrays
    case (.arrays, .list):
      do {
        return [try NumericArray(rows: try lists(key, list))]
      } catch {
        throw error.subject.hasPrefix("row ") ? error.within(key) : error
      }
    case (.lists, _): return try lists(key, list).map { NumericArray($0) }
    default: return [NumericArray(try numbers(key, list))]
    }
  }

  private func lists(_ key: String, _ list: [JSONValue]) throws(SpikingError) -> [[Double]] {
    var lists: [[Double]] = []
    for (index, value) in list.enumerated() {
      guard case .list(let list) = value else {
        throw error("\(key)[\(index)]", found: value, expected: "a list of numbers")
      }
      lists.append(try numbers("\(key)[\(index)]", list))
    }
    return lists
  }

  private func numbers(_ key: String, _ list: [JSONValue]) throws(SpikingError) -> [Double] {
    var numbers: [Double] = []
    for (index, value) in list.enumerated() {
      guard case .number(let number, _) = value else {
        throw error("\(key)[\(index)]", found: value, expected: "a number")
      }
      numbers.append(number)
    }
    return numbers
  }
}

extension NumPyArray {
  /// The same numbers, as a stimulus takes them.
  ///
  /// - Throws: `invalidData` for strings.
  public func numericArray() throws(SpikingError) -> NumericArray {
    NumericArray(try doubles(), shape: shape)
  }
}
