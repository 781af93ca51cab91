internal import SpikingCatalogue
internal import SpikingFramework

/// A model or a stimulus as a JSON object describes it, before its type is known.
struct TypeDescription: Hashable, Sendable {
  let object: JSONObject
  /// The key that names the type: "model" or "stimulus".
  let kind: String
  /// The type by name: "BernoulliGLM", "Regular".
  let typeName: String
  let parameters: ParameterValues

  /// - Throws: `invalidData`.
  init(_ kind: String, _ object: JSONObject) throws(SpikingError) {
    self.object = object
    self.kind = kind
    typeName = try object.string(kind)
    parameters = try ParameterValues("parameters", of: object, hasNames: kind == "model")
  }

  /// The keys that every description may have; those that say where it comes from change nothing.
  var keys: [String] { [kind, "parameters", "version", "seed"] }

  /// The model.
  ///
  /// - Throws: `unknownName`, `invalidParameter`.
  func model(in catalogue: Catalogue) throws(SpikingError) -> any SpikingModel {
    do throws(SpikingError) {
      var model = try catalogue.model(typeName)
      for (part, name) in parameters.names.sorted(by: { $0.key < $1.key }) {
        model = try catalogue.assembling(model, part, name)
      }
      return try configured(model)
    } catch {
      throw object.within(error)
    }
  }

  /// The stimulus with its arrays and parts.
  ///
  /// - Throws: `unknownName`, `invalidParameter`, `invalidData` or `unreadableFile`.
  func stimulus(
    in catalogue: Catalogue, isPart: Bool = false
  ) throws(SpikingError) -> any Stimulus {
    let prototype: any Stimulus
    do { prototype = try catalogue.stimulus(typeName) } catch { throw object.within(error) }
    return try configured(prototype, catalogue, keys + (isPart ? [] : ["targets", "format"]))
  }

  private func configured(_ model: some SpikingModel) throws(SpikingError) -> any SpikingModel {
    var model = model
    try parameters.apply(to: &model)
    return model
  }

  private func configured(
    _ prototype: some Stimulus, _ catalogue: Catalogue, _ keys: [String]
  ) throws(SpikingError) -> any Stimulus {
    guard let pair = prototype as? any StimulusPair else {
      var stimulus = prototype
      try assign(to: &stimulus, keys)
      return stimulus
    }
    try object.allow(keys + arrayKeys(prototype) + ["first", "second"])
    let parts = try ["first", "second"].map { key throws(SpikingError) in
      let part = try object.object(key, expected: "a stimulus, {\"stimulus\": …}")
      return try TypeDescription("stimulus", part).stimulus(in: catalogue, isPart: true)
    }
    let paired = pair.pairing(parts[0], parts[1])
    return try assigned(paired, keys + ["first", "second"])
  }

  private func assigned(
    _ stimulus: some Stimulus, _ keys: [String]
  ) throws(SpikingError) -> any Stimulus {
    var stimulus = stimulus
    try assign(to: &stimulus, keys)
    return stimulus
  }

  /// Gives a stimulus its parameters and arrays; other keys than `keys` and those of the arrays are errors.
  func assign(to stimulus: inout some Stimulus, _ keys: [String]) throws(SpikingError) {
    try object.allow(keys + arrayKeys(stimulus))
    do { try parameters.apply(to: &stimulus) } catch { throw object.within(error) }
    var arrays = stimulus.arrays
    for index in arrays.indices {
      // "file" stands for the first.
      let name = arrays[index].name
      let isFile = index == 0 && object["file"] != nil
      if isFile, object[name] != nil {
        throw object.error("file", expected: "either file or \(name)")
      }
      arrays[index].values = try object.arrays(isFile ? "file" : name, as: arrays[index].layout)
    }
    if !arrays.isEmpty { stimulus.arrays = arrays }
  }

  private func arrayKeys(_ stimulus: some Stimulus) -> [String] {
    let names = stimulus.arrays.map(\.name)
    return names.isEmpty ? [] : names + ["file"]
  }
}
