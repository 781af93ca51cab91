internal import SpikingCatalogue
internal import SpikingFiles
internal import SpikingFramework

/// Models and stimuli as JSON text; arrays that are not short are files beside it.
struct TypeText {
  /// The file that the text is for.
  let path: String
  /// What names come from.
  private let catalogue = Catalogue.standard
  /// The arrays that have to be written, and where.
  private(set) var files: [(path: String, array: NumPyArray)] = []

  init(path: String) { self.path = path }

  /// The fields of a model.
  func fields<Model: SpikingModel>(_ model: Model) -> [(key: String, text: String)] {
    let parts = catalogue.parts(of: model).map { ($0.part, JSONValue.quoted($0.name)) }
    return [
      ("model", JSONValue.quoted(catalogue.name(of: model, .model))),
      ("parameters", Self.object(parts + model.parameters.map { ($0.name, Self.text($0)) })),
    ]
  }

  /// The fields of a stimulus.
  ///
  /// - Parameter place: tells its arrays from those of other stimuli in the same file: "first.".
  /// - Throws: `unwritableFile` where it has something that no file can hold.
  mutating func fields<S: Stimulus>(
    _ stimulus: S, place: String
  ) throws(SpikingError) -> [(key: String, text: String)] {
    if let name = stimulus.unsavablePart {
      throw SpikingError(
        .unwritableFile, path, found: "the \(name) of a \(S.typeName), which cannot be saved",
        expected: "stimuli made of numbers")
    }
    let pair = stimulus as? any StimulusPair
    // The parameters of parts stand with the parts.
    let own = stimulus.parameters.filter {
      pair == nil || !$0.name.hasPrefix("first.") && !$0.name.hasPrefix("second.")
    }
    var fields = [("stimulus", JSONValue.quoted(catalogue.name(of: stimulus, .stimulus)))]
    if pair == nil || !own.isEmpty {
      fields.append(("parameters", Self.object(own.map { ($0.name, Self.text($0)) })))
    }
    for arrays in stimulus.arrays { fields.append((arrays.name, text(arrays, place: place))) }
    if let pair {
      fields.append(("first", Self.object(try self.fields(pair.first, place: place + "first."))))
      fields.append(("second", Self.object(try self.fields(pair.second, place: place + "second."))))
    }
    return fields
  }

  /// The fields of a stimulus and its targets.
  mutating func fields(
    _ stimulus: TargetedStimulus, place: String = ""
  ) throws(SpikingError) -> [(key: String, text: String)] {
    var fields = try fields(stimulus.stimulus, place: place)
    switch stimulus.targets {
    case .all: break
    case .everyNetwork(let neurons): fields.append(("targets", "\(neurons)"))
    case .perNetwork(let lists): fields.append(("targets", "\(lists)"))
    case .mask(let marks): fields.append(("targets", file("\(place)targets", NumPyArray(marks))))
    case .masks(let masks):
      let shape = [masks.count, masks.first?.count ?? 0]
      guard masks.allSatisfy({ $0.count == shape[1] }) else {
        // Masks of networks of different sizes are no array.
        let lists = masks.map { marks in marks.indices.filter { marks[$0] } }
        fields.append(("targets", "\(lists)"))
        break
      }
      let array = NumPyArray(Array(masks.joined()), shape: shape)
      fields.append(("targets", file("\(place)targets", array)))
    }
    return fields
  }

  /// Plans a file beside the text, and gives its name as it stands in the text.
  mutating func file(_ name: String, _ array: NumPyArray) -> String {
    let file = "\(Paths.stem(path)).\(name).npy"
    files.append((Paths.folder(of: path) + file, array))
    return JSONValue.quoted(file)
  }

  /// Writes the arrays, then the file that names them.
  ///
  /// - Throws: `unwritableFile`.
  func write(_ fields: [(key: String, text: String)]) throws(SpikingError) {
    for (path, array) in files { try array.write(to: path) }
    var file = try OutputFile(path)
    let first = [
      ("format", "\(JSONObject.format)"), ("version", JSONValue.quoted(spikingVersion)),
    ]
    try file.write(Self.object(first + fields) + "\n")
    try file.finish()
  }

  /// An object, a field a line.
  static func object(_ fields: [(key: String, text: String)]) -> String {
    if fields.isEmpty { return "{}" }
    let lines = fields.map { key, text in
      "  \(JSONValue.quoted(key)): \(text.replacing("\n", with: "\n  "))"
    }
    return "{\n\(lines.joined(separator: ",\n"))\n}"
  }

  /// A list, an element a line.
  static func list(_ elements: [String]) -> String {
    if elements.isEmpty { return "[]" }
    let lines = elements.map { "  \($0.replacing("\n", with: "\n  "))" }
    return "[\n\(lines.joined(separator: ",\n"))\n]"
  }

  private static func text(_ parameter: Parameter) -> String {
    if parameter.domain.kind == .flag { return parameter.value == 0 ? "false" : "true" }
    return JSONValue.text(parameter.value)
  }
}
