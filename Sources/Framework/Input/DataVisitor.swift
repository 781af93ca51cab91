/// What reads or changes the arrays of a stimulus, one at a time, as `visitData` shows them.
///
/// ```swift
/// mutating func visitData(_ visit: inout some DataVisitor) {
///   visit("times", &times)
/// }
/// ```
///
/// Files and the prints of checkpoints are visitors of this one declaration.
public protocol DataVisitor {
  /// Arrays that belong together.
  mutating func callAsFunction(
    _ name: StaticString, _ arrays: inout [NumericArray], as layout: DataLayout)
  /// Something that cannot be shown, as a closure: a stimulus with it cannot be saved.
  mutating func callAsFunction(opaque name: StaticString)
}

/// How arrays of a stimulus are arranged, and so how they stand in files.
public enum DataLayout: Hashable, Sendable {
  /// One array of one dimension.
  case list
  /// Arrays of one dimension, of any lengths.
  case lists
  /// One array, or one for each network, of shapes that the stimulus checks itself.
  case arrays
}

extension DataLayout: CustomStringConvertible {
  /// What is expected of a file.
  public var description: String {
    switch self {
    case .list: "a list of numbers, or the path of a .npy file of one dimension"
    case .lists: "a list of lists of numbers, or the path of a .npy file of two dimensions"
    case .arrays: "the path of a .npy file, a list of paths, or numbers in lists"
    }
  }
}

extension DataVisitor {
  /// A list of numbers.
  public mutating func callAsFunction(_ name: StaticString, _ list: inout [Double]) {
    var arrays = [NumericArray(list)]
    self(name, &arrays, as: .list)
    // Nothing is assigned that did not change: what depends on the list is then not done again.
    if let first = arrays.first, first.values != list { list = first.values }
  }

  /// Lists of numbers.
  public mutating func callAsFunction(_ name: StaticString, _ lists: inout [[Double]]) {
    var arrays = lists.map { NumericArray($0) }
    self(name, &arrays, as: .lists)
    let changed = arrays.map(\.values)
    if changed != lists { lists = changed }
  }
}
