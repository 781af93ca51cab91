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
    parameters = try ParameterValues("parameters", of: object)
  }

  /// The keys that every description may have; those that say where it comes from change nothing.
  var keys: [String] { [kind, "parameters", "version", "seed"] }

  /// The model.
  ///
  /// - Throws: `unknownName`, `invalidParameter`.
  func model(among models: [any SpikingModel]) throws(SpikingError) -> any SpikingModel {
    let prototype = try find(among: models, name: { type(of: $0).typeName })
    return try configured(prototype)
  }

  /// The stimulus with its arrays and parts.
  ///
  /// - Throws: `unknownName`, `invalidParameter`, `invalidData` or `unreadableFile`.
  func stimulus(
    among stimuli: [any Stimulus], isPart: Bool = false
  ) throws(SpikingError) -> any Stimulus {
    let prototype = try find(among: stimuli, name: { type(of: $0).stimulusName })
    return try configured(prototype, stimuli, keys + (isPart ? [] : ["targets", "format"]))
  }

  private func configured(_ model: some SpikingModel) throws(SpikingError) -> any SpikingModel {
    var model = model
    do { try parameters.apply(to: &model) } catch { throw object.within(error) }
    return model
  }

  private func configured(
    _ prototype: some Stimulus, _ stimuli: [any Stimulus], _ keys: [String]
  ) throws(SpikingError) -> any Stimulus {
    guard let pair = prototype as? any StimulusPair else {
      var stimulus = prototype
      try assign(to: &stimulus, keys)
      return stimulus
    }
    try object.allow(keys + arrayKeys(prototype) + ["first", "second"])
    let parts = try ["first", "second"].map { key throws(SpikingError) in
      let part = try object.object(key, expected: "a stimulus, {\"stimulus\": …}")
      return try TypeDescription("stimulus", part).stimulus(among: stimuli, isPart: true)
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

  private func find<Value>(
    among values: [Value], name: (Value) -> String
  ) throws(SpikingError) -> Value {
    if let value = values.first(where: { name($0) == typeName }) { return value }
    let names = values.map(name).joined(separator: ", ")
    throw object.within(
      SpikingError(
        .unknownName, kind, found: typeName.debugDescription,
        expected: names.isEmpty ? "none" : "one of \(names)"))
  }
}

extension Stimulus {
  /// A stimulus is called what it is in files: a `RegularStimulus` is "Regular".
  static var stimulusName: String {
    typeName.hasSuffix("Stimulus") ? String(typeName.dropLast("Stimulus".count)) : typeName
  }
}
