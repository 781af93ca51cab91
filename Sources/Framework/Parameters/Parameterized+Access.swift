/// One parameter as it stands.
public struct Parameter: Codable, Hashable, Sendable {
  /// The name, dotted for the parameters of parts: "nonlinearity.threshold".
  public let name: String
  /// The value; whole numbers and truth values as numbers.
  public let value: Double
  /// The values it may take.
  public let domain: ParameterDomain

  /// In what it is measured; part of the domain.
  public var unit: ParameterUnit { domain.unit }

  /// A parameter of a name, a value and a domain.
  public init(name: String, value: Double, domain: ParameterDomain) {
    self.name = name
    self.value = value
    self.domain = domain
  }
}

extension Parameter: CustomStringConvertible {
  /// "theta = 5 (a finite number)", "tau = 5 ms (a finite number > 0 ms)".
  public var description: String { "\(name) = \(unit.text(value)) (\(domain))" }
}

extension Parameterized {
  /// The name of the type, as it stands in files and messages.
  public static var typeName: String {
    // Generic arguments are left out: "Cascade<Sigmoid, Bernoulli>" is a "Cascade".
    String(String(describing: Self.self).prefix { $0 != "<" })
  }

  /// All parameters in the order of their declaration.
  public var parameters: [Parameter] {
    var copy = self
    var list = ParameterList()
    copy.visitParameters(&list)
    return list.parameters
  }

  /// The values of all parameters by their names.
  package var valuesByName: [String: Double] {
    Dictionary(parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }

  /// Assigns the parameter `name`. One of a part goes by its last name, too, where no other has it: "gain" for
  /// "nonlinearity.gain".
  ///
  /// - Throws: `unknownName`, with the names there are, or `invalidParameter` where `value` lies
  ///   outside the domain.
  public mutating func setParameter(_ name: String, to value: Double) throws(SpikingError) {
    var assignment = ParameterAssignment(name: name, value: value)
    visitParameters(&assignment)
    if !assignment.isFound, let full = fullName(of: name) {
      assignment = ParameterAssignment(name: full, value: value)
      visitParameters(&assignment)
    }
    if let domain = assignment.violated {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).\(name)", found: domain.unit.text(value),
        expected: "\(domain)")
    }
    guard assignment.isFound else {
      let known = parameters.map(\.name)
      throw SpikingError(
        .unknownName, "\(Self.typeName).\(name)",
        known.isEmpty
          ? "\(Self.typeName) has no parameters"
          : "no such parameter, expected one of \(known.joined(separator: ", "))")
    }
  }

  /// The only name of a part's parameter that ends with ".name".
  private func fullName(of name: String) -> String? {
    let names = parameters.map(\.name).filter { $0.hasSuffix(".\(name)") }
    return names.count == 1 ? names[0] : nil
  }

  /// Checks every parameter against its domain.
  ///
  /// - Throws: `invalidParameter` for the first that is outside.
  public func validateDomains() throws(SpikingError) {
    var copy = self
    var check = DomainCheck()
    copy.visitParameters(&check)
    guard let parameter = check.violation else { return }
    throw SpikingError(
      .invalidParameter, "\(Self.typeName).\(parameter.name)",
      found: parameter.unit.text(parameter.value),
      expected: "\(parameter.domain)")
  }
}

/// Lists parameters with their full names.
private struct ParameterList: ParameterVisitor {
  var parameters: [Parameter] = []
  var prefix = ""

  mutating func callAsFunction(
    _ name: StaticString, _ value: inout Double, in domain: ParameterDomain
  ) {
    parameters.append(Parameter(name: "\(prefix)\(name)", value: value, domain: domain))
  }

  mutating func callAsFunction(
    _ name: StaticString, _ values: inout [Double], in domain: ParameterDomain
  ) {
    for (index, value) in values.enumerated() {
      parameters.append(
        Parameter(name: "\(prefix)\(name).\(index)", value: value, domain: domain))
    }
  }

  mutating func callAsFunction(_ name: StaticString, _ part: inout some Parameterized) {
    let outer = prefix
    prefix += "\(name)."
    part.visitParameters(&self)
    prefix = outer
  }
}

/// Finds the first parameter that lies outside its domain. Of the others, millions in a model that was fitted, no
/// names are made.
private struct DomainCheck: ParameterVisitor {
  var violation: Parameter?
  var prefix = ""

  mutating func callAsFunction(
    _ name: StaticString, _ value: inout Double, in domain: ParameterDomain
  ) {
    if violation != nil || domain.contains(value) { return }
    violation = Parameter(name: "\(prefix)\(name)", value: value, domain: domain)
  }

  mutating func callAsFunction(
    _ name: StaticString, _ values: inout [Double], in domain: ParameterDomain
  ) {
    if violation != nil { return }
    guard let index = values.firstIndex(where: { !domain.contains($0) }) else { return }
    violation = Parameter(name: "\(prefix)\(name).\(index)", value: values[index], domain: domain)
  }

  mutating func callAsFunction(_ name: StaticString, _ part: inout some Parameterized) {
    let outer = prefix
    prefix += "\(name)."
    part.visitParameters(&self)
    prefix = outer
  }
}

/// Assigns one parameter, where its domain allows the value.
private struct ParameterAssignment: ParameterVisitor {
  let name: String
  let value: Double
  var prefix = ""
  var isFound = false
  var violated: ParameterDomain?

  init(name: String, value: Double) {
    self.name = name
    self.value = value
  }

  mutating func callAsFunction(
    _ name: StaticString, _ value: inout Double, in domain: ParameterDomain
  ) {
    assign("\(prefix)\(name)", &value, domain)
  }

  mutating func callAsFunction(
    _ name: StaticString, _ values: inout [Double], in domain: ParameterDomain
  ) {
    for index in values.indices { assign("\(prefix)\(name).\(index)", &values[index], domain) }
  }

  private mutating func assign(_ name: String, _ value: inout Double, _ domain: ParameterDomain) {
    guard name == self.name else { return }
    isFound = true
    if domain.contains(self.value) { value = self.value } else { violated = domain }
  }

  mutating func callAsFunction(_ name: StaticString, _ part: inout some Parameterized) {
    let outer = prefix
    prefix += "\(name)."
    part.visitParameters(&self)
    prefix = outer
  }
}
