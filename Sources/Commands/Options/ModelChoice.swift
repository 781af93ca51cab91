internal import Spiking

/// The model of a command line: by name, or from a file, with what --set changes.
enum ModelChoice {
  /// - Throws: `unknownName`, `unreadableFile`, `invalidData` or `invalidParameter`.
  static func load(
    _ name: String, _ parameters: ParameterOptions
  ) throws(SpikingError) -> any SpikingModel {
    let isFile = name.hasSuffix(".json")
    let prototype =
      isFile
      ? try ParameterFile(contentsOf: name).model(among: Catalogue.current.models)
      : try Catalogue.current.model(name)
    return try configured(prototype, parameters)
  }

  private static func configured(
    _ prototype: some SpikingModel, _ parameters: ParameterOptions
  ) throws(SpikingError) -> any SpikingModel {
    var model = prototype
    try parameters.apply(to: &model)
    return model
  }
}
