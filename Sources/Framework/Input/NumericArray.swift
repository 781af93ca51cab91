/// Numbers in C order (the last index runs fastest) and the lengths of their dimensions.
public struct NumericArray: Hashable, Sendable {
  /// The length of each dimension.
  public let shape: [Int]
  /// The numbers.
  public let values: [Double]

  /// An array of one dimension.
  public init(_ values: [Double]) {
    self.init(values, shape: [values.count])
  }

  /// An array of any number of dimensions.
  ///
  /// - Precondition: `shape` has as many elements as there are values.
  public init(_ values: [Double], shape: [Int]) {
    precondition(shape.reduce(1, *) == values.count, "the shape does not fit the values")
    self.shape = shape
    self.values = values
  }

  /// A matrix of rows of equal length.
  ///
  /// - Throws: `invalidData` where a row is shorter or longer than the first.
  public init(rows: [[Double]]) throws(SpikingError) {
    let columns = rows.first?.count ?? 0
    if let row = rows.firstIndex(where: { $0.count != columns }) {
      throw SpikingError(
        .invalidData, "row \(row)", found: "\(rows[row].count) numbers",
        expected: "\(columns), as in the first row")
    }
    self.init(Array(rows.joined()), shape: [rows.count, columns])
  }

  /// - Throws: `invalidData` about the first number that is not finite.
  public func checkFinite() throws(SpikingError) {
    guard let index = values.firstIndex(where: { !$0.isFinite }) else { return }
    var (rest, position) = (index, [Int]())
    for length in shape.reversed() {
      position.insert(rest % length, at: 0)
      rest /= length
    }
    throw SpikingError(
      .invalidData, "element \(position)", found: values[index], expected: "a finite number")
  }
}

extension NumericArray: CustomStringConvertible {
  /// The shape as NumPy writes it: "(5, 100)".
  public var description: String {
    shape.count == 1 ? "(\(shape[0]),)" : "(\(shape.map(String.init).joined(separator: ", ")))"
  }
}
