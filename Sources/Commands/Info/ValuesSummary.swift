internal import Spiking

/// A value of a registered type: its parameters as they stand, and the shapes of its arrays, both in the order in
/// which they are shown.
struct ValuesSummary: Encodable {
  /// The type by its name in files.
  let type: String
  private let parameters: [(name: String, value: Double)]
  private let arrays: [(name: String, shapes: [[Int]])]

  private enum CodingKeys: CodingKey { case type, parameters, arrays }

  init(_ value: any Parameterized, _ kind: CatalogueKind) {
    self.init(
      type: Catalogue.current.name(of: value, kind),
      value.parameters.map { ($0.name, $0.value) }, Self.arrays(of: value))
  }

  init(
    type: String, _ parameters: [(name: String, value: Double)],
    _ arrays: [(name: String, shapes: [[Int]])] = []
  ) {
    self.type = type
    self.parameters = parameters
    self.arrays = arrays
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(type, forKey: .type)
    try container.encode(
      Dictionary(
        parameters.map { ($0.name, Number(value: $0.value)) }, uniquingKeysWith: { $1 }),
      forKey: .parameters)
    try container.encode(
      Dictionary(arrays.map { ($0.name, $0.shapes) }, uniquingKeysWith: { $1 }), forKey: .arrays)
  }

  /// A line for each parameter and array.
  func lines(indent: String) -> [String] {
    parameters.map { "\(indent)\($0.name) = \(exact($0.value))" }
      + arrays.map { array in
        "\(indent)\(array.name): \(array.shapes.map(shapeText).joined(separator: ", "))"
      }
  }

  /// The arrays of a stimulus and of its parts that are not empty.
  private static func arrays(of value: any Parameterized) -> [(name: String, shapes: [[Int]])] {
    func own(_ stimulus: any Stimulus, _ place: String) -> [(name: String, shapes: [[Int]])] {
      stimulus.arrays.filter { !$0.values.isEmpty }
        .map { ("\(place)\($0.name)", $0.values.map(\.shape)) }
    }
    guard let stimulus = value as? any Stimulus else { return [] }
    guard let pair = stimulus as? any StimulusPair else { return own(stimulus, "") }
    return own(stimulus, "") + own(pair.first, "first.") + own(pair.second, "second.")
  }

  /// A number that may be infinite: "infinity", as in parameter files.
  struct Number: Encodable {
    let value: Double

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      if value.isFinite { try container.encode(value) } else { try container.encode(exact(value)) }
    }
  }
}
