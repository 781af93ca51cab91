internal import SpikingFramework

/// A field of a term as a value: what files and lists show of it, and what terms are compared by.
public enum TermField: Hashable, Sendable {
  /// A name.
  case text(String)
  /// Names.
  case texts([String])
  /// A number.
  case number(Double)
  /// Functions of the lag: which, how many, over how many bins. Nil where they are known by their values alone.
  case basis(RegisteredBasis?, count: Int, window: Int)
  /// Functions of values, each over a range.
  case valueBases([TermValueBasis])
  /// Parts that are terms.
  case terms([TermDescription])
}

/// Functions of the values of a covariate, described.
public struct TermValueBasis: Hashable, Sendable {
  /// Which they are.
  public let basis: RegisteredBasis
  /// How many.
  public let count: Int
  /// From where to where.
  public let range: ClosedRange<Double>
}

/// What a term is: its type and its fields, without those that say nothing.
public struct TermDescription: Hashable, Sendable {
  /// The name of its type in the catalogue: "Tuning".
  public let type: String
  /// The fields, in the order of their declaration.
  public let fields: [Field]

  /// A field by its name.
  public struct Field: Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// What it says.
    public let value: TermField
  }

  /// The description of a term.
  public init(_ term: any Term) {
    var (copy, visitor) = (term, FieldCollector())
    // Nothing is changed, so that nothing can be wrong.
    try? copy.visitFields(&visitor)
    type = registeredName(
      Swift.type(of: term).termTypeName, withoutSuffix: "Term", isHyphenated: false)
    fields = visitor.fields
  }

  /// A field; nil where it says nothing.
  public subscript(name: String) -> TermField? { fields.first { $0.name == name }?.value }
}

extension Term {
  /// The name of the type, as errors and files have it.
  static var termTypeName: String {
    "\(Self.self)".split(separator: "<").first.map(String.init) ?? ""
  }
}

private struct FieldCollector: TermVisitor {
  var fields: [TermDescription.Field] = []

  private mutating func add(_ name: String, _ value: TermField) {
    fields.append(TermDescription.Field(name: name, value: value))
  }

  mutating func callAsFunction(_ name: String, _ value: inout String) {
    add(name, .text(value))
  }

  mutating func callAsFunction(_ name: String, _ value: inout String?) {
    if let value { add(name, .text(value)) }
  }

  mutating func callAsFunction(_ name: String, _ value: inout [String]) {
    if !value.isEmpty { add(name, value.count == 1 ? .text(value[0]) : .texts(value)) }
  }

  mutating func callAsFunction(_ name: String, _ value: inout Double?) {
    if let value { add(name, .number(value)) }
  }

  mutating func callAsFunction(_ name: String, _ value: inout any Basis) {
    add(name, .basis(RegisteredBasis(value), count: value.count, window: value.window))
  }

  mutating func callAsFunction(_ name: String, _ value: inout [ValueBasis]) {
    add(
      name,
      .valueBases(
        value.compactMap { basis in
          RegisteredBasis(basis.basis).map {
            TermValueBasis(basis: $0, count: basis.count, range: basis.range)
          }
        }))
  }

  mutating func callAsFunction(_ name: String, _ value: inout [any Term]) {
    add(name, .terms(value.map { TermDescription($0) }))
  }
}
