/// Arrays that a stimulus is made of, under the name that they have in files.
///
/// ```swift
/// var arrays: [NamedArrays] {
///   get { [NamedArrays("times", times)] }
///   set { times = newValue[0].list }
/// }
/// ```
public struct NamedArrays: Hashable, Sendable {
  /// How arrays are arranged, and so how they stand in files.
  public enum Layout: Hashable, Sendable {
    /// One array of one dimension.
    case list
    /// Arrays of one dimension, of any lengths.
    case lists
    /// One array, or one for each network, of shapes that the stimulus checks itself.
    case arrays
  }

  /// What they are called.
  public let name: String
  /// How they are arranged.
  public let layout: Layout
  /// The arrays; one of a list.
  public var values: [NumericArray]

  /// A list of numbers.
  public init(_ name: String, _ list: [Double]) {
    (self.name, layout, values) = (name, .list, [NumericArray(list)])
  }

  /// Lists of numbers, of any lengths.
  public init(_ name: String, _ lists: [[Double]]) {
    (self.name, layout, values) = (name, .lists, lists.map { NumericArray($0) })
  }

  /// Arrays of any shapes.
  public init(_ name: String, _ arrays: [NumericArray]) {
    (self.name, layout, values) = (name, .arrays, arrays)
  }

  /// The numbers of a list.
  public var list: [Double] { values.first?.values ?? [] }
  /// The numbers of lists.
  public var lists: [[Double]] { values.map(\.values) }
}

extension NamedArrays.Layout: CustomStringConvertible {
  /// What is expected of a file.
  public var description: String {
    switch self {
    case .list: "a list of numbers, or the path of a .npy file of one dimension"
    case .lists: "a list of lists of numbers, or the path of a .npy file of two dimensions"
    case .arrays: "the path of a .npy file, a list of paths, or numbers in lists"
    }
  }
}
