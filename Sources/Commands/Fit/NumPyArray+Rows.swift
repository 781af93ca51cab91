internal import Spiking

extension NumPyArray {
  /// The rows of an array of one or two dimensions.
  ///
  /// - Parameters:
  ///   - length: how many values each has; any number by default.
  ///   - rows: what they are called in the error.
  /// - Throws: `invalidData` for another shape.
  func rows(
    length expected: Int? = nil, named rows: String = "channels"
  ) throws(SpikingError) -> [[Double]] {
    guard 1...2 ~= shape.count, let length = shape.last, length == expected ?? length,
      length > 0, shape[0] > 0
    else {
      let bins = expected.map(String.init) ?? "bins"
      throw error(
        "shape", found: shape, expected: "[\(bins)] or [\(rows), \(bins)], a value a bin")
    }
    let values = try doubles()
    return stride(from: 0, to: values.count, by: length).map { Array(values[$0..<$0 + length]) }
  }
}
