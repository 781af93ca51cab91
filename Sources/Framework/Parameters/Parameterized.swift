/// A value with named parameters: a model, a nonlinearity, a stimulus, a generator.
///
/// The conforming type declares its parameters once, one line each:
///
/// ```swift
/// mutating func visitParameters(_ visit: inout some ParameterVisitor) {
///   visit("theta", &theta, in: .real)
///   visit("dt", &dt, in: .positive(upTo: 1))
/// }
/// ```
///
/// Names, lookup, assignment by name, validation, files and tables are all visitors of this one
/// declaration. A type without parameters declares nothing.
public protocol Parameterized {
  /// Shows every parameter to `visit`, always in the same order.
  mutating func visitParameters(_ visit: inout some ParameterVisitor)

  /// Throws unless all parameters are usable. The default checks each against its domain; a type
  /// whose parameters constrain each other adds to it, calling `validateDomains()` first.
  func validate() throws(SpikingError)
}

/// What reads or changes parameters, one at a time, as a `Parameterized` value shows them.
public protocol ParameterVisitor {
  /// A number; whole numbers and truth values come here too.
  mutating func callAsFunction(
    _ name: StaticString, _ value: inout Double, in domain: ParameterDomain)
  /// A list of numbers of a fixed length, each a parameter: "name.0", "name.1", ….
  mutating func callAsFunction(
    _ name: StaticString, _ values: inout [Double], in domain: ParameterDomain)
  /// A part that has parameters of its own; their names are prefixed with "name.".
  mutating func callAsFunction(_ name: StaticString, _ part: inout some Parameterized)
}

extension ParameterVisitor {
  /// A whole number, passed on as a `Double`.
  @inlinable
  public mutating func callAsFunction(
    _ name: StaticString, _ value: inout Int, in domain: ParameterDomain = .count
  ) {
    var number = Double(value)
    self(name, &number, in: domain)
    value = Int(exactly: number) ?? value
  }

  /// A truth value, passed on as 0 or 1.
  @inlinable
  public mutating func callAsFunction(_ name: StaticString, _ value: inout Bool) {
    var number = value ? 1.0 : 0
    self(name, &number, in: .flag)
    value = number != 0
  }
}

extension Parameterized {
  /// No parameters.
  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {}

  /// Checks every parameter against its domain.
  public func validate() throws(SpikingError) { try validateDomains() }
}
