internal import Spiking

/// A model or a stimulus in a file.
struct ParameterSummary: Summary {
  let file: String
  let kind: String
  private let values: ValuesSummary

  init(_ path: String) throws(SpikingError) {
    let content = try ParameterFile(contentsOf: path)
    file = path
    kind = content.kind.rawValue
    if content.kind == .stimulus, let known = try? Catalogue.current.stimulus(content.typeName),
      known is any StimulusPair || !known.arrays.isEmpty
    {
      values = ValuesSummary(try content.stimulus(in: .current).stimulus, .stimulus)
    } else {
      // The parameters of a type that is not registered can be listed all the same.
      values = ValuesSummary(
        type: content.typeName,
        content.parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
  }

  private enum CodingKeys: CodingKey { case file, kind }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(file, forKey: .file)
    try container.encode(kind, forKey: .kind)
    try values.encode(to: encoder)
  }

  var lines: [String] { ["\(file): \(kind) \(values.type)"] + values.lines(indent: "  ") }
}
