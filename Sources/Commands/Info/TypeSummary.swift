internal import Spiking

/// A registered type: its parameters, their defaults and what they may be.
struct TypeSummary: Summary {
  let name: String
  let kind: String
  let parameters: [ParameterSummary]
  /// What else the file of a stimulus has: the names of arrays, and what is expected of them.
  let arrays: [Array]
  private let phrase: String

  private enum CodingKeys: CodingKey { case name, kind, parameters, arrays }

  /// A parameter; a bound at infinity is not there.
  struct ParameterSummary: Encodable {
    let name: String
    let `default`: ValuesSummary.Number
    let domain: ParameterDomain

    private enum CodingKeys: CodingKey { case name, `default` }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(name, forKey: .name)
      try container.encode(`default`, forKey: .default)
      try domain.encode(to: encoder)
    }
  }

  struct Array: Encodable {
    let name: String
    let expected: String
  }

  init(_ name: String, _ kind: CatalogueKind, _ value: any Parameterized) {
    self.name = name
    self.kind = kind.rawValue
    phrase = kind.phrase
    if let pair = value as? any StimulusPair {
      parameters = []
      arrays = [("first", pair.first), ("second", pair.second)].map { name, part in
        Array(name: name, expected: "a stimulus, by default \(Swift.type(of: part).typeName)")
      }
    } else {
      parameters = value.parameters.map {
        ParameterSummary(name: $0.name, default: .init(value: $0.value), domain: $0.domain)
      }
      arrays = ((value as? any Stimulus)?.arrays ?? []).map {
        Array(name: $0.name, expected: "\($0.layout)")
      }
    }
  }

  var lines: [String] {
    ["\(name), \(phrase):"]
      + parameters.map { "  \($0.name) = \(exact($0.default.value)), \($0.domain)" }
      + arrays.map { "  \($0.name): \($0.expected)" }
  }

  /// "tau = 10 (a finite number > 0 ms), …", for lists of types.
  var line: String {
    let list = parameters.map { "\($0.name) = \(exact($0.default.value)) (\($0.domain))" }
    return "\(name)\(list.isEmpty ? "" : ": " + list.joined(separator: ", "))"
  }
}

extension CatalogueKind {
  /// "a model".
  fileprivate var phrase: String {
    switch self {
    case .weights, .delays: rawValue
    case .emission: "an \(rawValue)"
    default: "a \(rawValue)"
    }
  }
}
