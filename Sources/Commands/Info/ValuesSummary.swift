internal import Spiking

/// A value of a registered type: its parameters as they stand, and the shapes of its arrays.
struct ValuesSummary: Encodable {
  /// The type by its name in files.
  let type: String
  let parameters: [String: Number]
  let arrays: [String: [[Int]]]
  private let names: [String]
  private let arrayNames: [String]

  private enum CodingKeys: CodingKey { case type, parameters, arrays }

  init(_ value: any Parameterized, _ kind: CatalogueKind) {
    let list = value.parameters
    let arrays = Self.arrays(of: value)
    self.init(
      type: Catalogue.current.name(of: value, kind), list.map { ($0.name, $0.value) }, arrays)
  }

  /// - Parameter parameters: in the order in which they are shown.
  init(
    type: String, _ parameters: [(name: String, value: Double)],
    _ arrays: [(name: String, shapes: [[Int]])] = []
  ) {
    self.type = type
    names = parameters.map(\.name)
    self.parameters = Dictionary(
      parameters.map { ($0.name, Number(value: $0.value)) }, uniquingKeysWith: { $1 })
    arrayNames = arrays.map(\.name)
    self.arrays = Dictionary(arrays.map { ($0.name, $0.shapes) }, uniquingKeysWith: { $1 })
  }

  /// A line for each parameter and array.
  func lines(indent: String) -> [String] {
    names.map { "\(indent)\($0) = \(exact(parameters[$0]?.value ?? .nan))" }
      + arrayNames.map { name in
        "\(indent)\(name): \((arrays[name] ?? []).map(shapeText).joined(separator: ", "))"
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
