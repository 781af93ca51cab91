internal import SpikingFramework

/// What a value in a MATLAB file is, and how large.
public struct MATLABValue: Hashable, Sendable {
  /// The kinds of values, by what they are called.
  public enum Kind: String, Hashable, Sendable {
    /// Numbers of any type.
    case numbers
    /// Numbers with imaginary parts, which are not read.
    case complex = "complex numbers"
    /// Logical values.
    case truthValues = "truth values"
    /// Characters.
    case text
    /// Any values.
    case cells = "cell array"
    /// Values by name, or an array of such.
    case structure
    /// A matrix most of whose numbers are 0.
    case sparse = "sparse matrix"
    /// A function, an object or another thing that is not read.
    case other = "something that is not read"
  }

  /// What it is.
  public let kind: Kind
  /// The lengths of its dimensions.
  public let shape: [Int]
  /// The names of the fields of a structure.
  public let fields: [String]

  init(_ kind: Kind, _ shape: [Int], fields: [String] = []) {
    self.kind = kind
    self.shape = shape
    self.fields = fields
  }

  /// The number of elements, or the largest integer where there are more.
  var count: Int {
    Int(saturating: shape.reduce(1) { $0 * Double($1) })
  }

  /// Whether it is numbers in a row or a column, or none at all.
  var isVector: Bool { kind == .numbers && (count == 0 || shape.count { $0 > 1 } <= 1) }
}

extension MATLABValue: CustomStringConvertible {
  /// "numbers 3 × 4".
  public var description: String {
    "\(kind.rawValue) \(shape.map(String.init).joined(separator: " × "))"
  }
}
