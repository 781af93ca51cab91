internal import SpikingFramework

/// The parameters that a file assigns.
struct ParameterValues: Hashable, Sendable {
  /// By name; truth values are 0 and 1.
  let numbers: [String: Double]
  /// Names of types, of the parts that a model is put together from.
  let names: [String: String]
  /// Those that are written as true or false.
  private let flags: Set<String>

  /// The values of an object `{"name": number, …}`; none where there is no such key.
  ///
  /// - Throws: `invalidData` where one is neither a number nor a truth value, nor a name where `hasNames`.
  init(_ key: String, of object: JSONObject, hasNames: Bool = false) throws(SpikingError) {
    var numbers: [String: Double] = [:]
    var names: [String: String] = [:]
    var flags: Set<String> = []
    let fields = try object.fields(key, expected: "an object of numbers")
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      if case .flag(let flag) = value {
        flags.insert(name)
        numbers[name] = flag ? 1 : 0
      } else if let number = value.double {
        numbers[name] = number
      } else if hasNames, case .string(let type) = value {
        names[name] = type
      } else {
        throw object.error("\(key).\(name)", found: value, expected: "a number, true or false")
      }
    }
    (self.numbers, self.names, self.flags) = (numbers, names, flags)
  }

  /// Assigns the parameters in the order of their names.
  ///
  /// - Throws: `unknownName` or `invalidParameter`, also for a truth value in place of a number.
  func apply<Value: Parameterized>(to value: inout Value) throws(SpikingError) {
    let domains = Dictionary(
      value.parameters.map { ($0.name, $0.domain) }, uniquingKeysWith: { first, _ in first })
    for (name, number) in numbers.sorted(by: { $0.key < $1.key }) {
      if flags.contains(name), let domain = domains[name], domain.kind != .flag {
        throw SpikingError(
          .invalidParameter, "\(Value.typeName).\(name)", found: number == 1 ? "true" : "false",
          expected: "\(domain)")
      }
      try value.setParameter(name, to: number)
    }
  }
}
